import { DEMO_SALON } from '../../db/demo/fuping.ts';
import type { Post, ThreadList, ThreadRow } from '../../site/lib/forum.ts';

export const THREAD = 'scriptedthread000001';

export const at = (minute: number): string =>
  new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString();
const CASE = {
  kind: 'case',
  key: 'weiwang-shige',
  name: '微网实格',
  link: '/cases/weiwang-shige/',
} as const;

export const ROW: ThreadRow = {
  id: THREAD,
  salon: DEMO_SALON.slug,
  title: '微网格员是兼职，入户走访没有时间怎么办？',
  place: CASE,
  asks: true,
  isPublic: true,
  unit: '渭运社区',
  at: at(0),
  replies: 6,
  lastAt: at(300),
  lastUnit: '静怡社区',
  same: 5,
  accepted: 3,
  pinned: false,
  locked: false,
  unread: 2,
};

/** A list with a thread in each of its states. */
export const LIST: ThreadList = {
  pinned: [
    {
      ...ROW,
      id: 'scriptedthread000002',
      title: '第 5 期沙龙前，请把各自社区的网格划分图发上来',
      asks: false,
      isPublic: false,
      place: { kind: 'session', key: '5', name: '第 5 期沙龙', link: '/salon/sessions/5/' },
      unit: '示例县民政局（演示）',
      lastUnit: '示例社区十二',
      replies: 17,
      same: 0,
      accepted: null,
      pinned: true,
      unread: 0,
    },
  ],
  threads: [
    ROW,
    {
      ...ROW,
      id: 'scriptedthread000003',
      title: '没有物业的老旧小区，楼道灯坏了谁来修，钱从哪里出？',
      place: { kind: 'theme', key: 'wuye', name: '物业与老旧小区', link: '/themes/wuye/' },
      unit: '示例社区七',
      lastUnit: '示例社区七',
      replies: 0,
      same: 12,
      accepted: null,
      unread: 1,
    },
    {
      ...ROW,
      id: 'scriptedthread000004',
      title: '居民议事会请不来年轻人',
      asks: false,
      place: {
        kind: 'method',
        key: 'yuanxiang-yishi',
        name: '院巷议事',
        link: '/methods/yuanxiang-yishi/',
      },
      unit: '杉拓社区',
      lastUnit: '静怡社区',
      replies: 3,
      same: 0,
      accepted: null,
      locked: true,
      unread: 0,
    },
  ],
  next: 'more',
};

export const POST: Post = {
  n: 1,
  unit: '渭运社区',
  name: '王书记（演示）',
  state: 'shown',
  html: '<p>我们社区 42 个微网格，微网格员都是楼长、党员兼着，白天上班，晚上入户居民又嫌打扰。<a class="entry" href="/cases/weiwang-shige/">微网实格</a>里说的“走到、看到、记到”，实际一个月走不完一遍。</p><p>想问问大家：</p><ul><li>走访是按户，还是按事？</li><li>有没有给微网格员补一点误工费的办法？</li></ul>',
  reason: null,
  goneAt: null,
  replyTo: null,
  at: at(0),
  editedAt: null,
  marks: 5,
};

export const POSTS: readonly Post[] = [
  POST,
  {
    ...POST,
    n: 2,
    unit: '静怡社区',
    name: '李书记（演示）',
    html: '<blockquote><p>晚上入户居民又嫌打扰</p></blockquote><p>我们改成按事走：有诉求、有独居老人、有新租户的才上门，其余在楼门口见面就算。</p>',
    replyTo: 1,
    at: at(50),
    editedAt: at(120),
    marks: 3,
  },
  {
    ...POST,
    n: 3,
    unit: '杉拓社区',
    name: '赵书记（演示）',
    html: '<p>误工费可以走积分，月底在爱心超市兑换。<span class="mention">@渭运社区</span> 参考我们的折算：</p><table><thead><tr><th>事项</th><th>积分</th><th>每月上限</th></tr></thead><tbody><tr><td>入户一次并记录</td><td>2</td><td>40</td></tr><tr><td>报告一处隐患并跟到底</td><td>5</td><td>30</td></tr></tbody></table>',
    at: at(90),
    marks: 8,
  },
  {
    ...POST,
    n: 4,
    unit: '示例社区六',
    name: '孙书记（演示）',
    state: 'hidden',
    html: '',
    reason: '含有居民的姓名和门牌，已请作者改写。',
    at: at(100),
    marks: 0,
  },
  {
    ...POST,
    n: 5,
    unit: '示例社区八',
    name: '周书记（演示）',
    state: 'deleted',
    html: '',
    at: at(110),
    editedAt: at(130),
    marks: 0,
  },
  {
    ...POST,
    n: 6,
    unit: '渭运社区',
    name: '王书记（演示）',
    html: '<p>积分这个办法好，我们下个月试。</p>',
    replyTo: 3,
    at: at(200),
    marks: 0,
  },
  {
    ...POST,
    n: 7,
    unit: '静怡社区',
    name: '李书记（演示）',
    html: '<p>试了以后请回来说说效果，尤其是老人多的楼。</p>',
    at: at(300),
    marks: 1,
  },
];

export const filler = (n: number): Post => ({
  ...POST,
  n,
  unit: `示例社区${n % 19}`,
  html: `<p>这是第 ${n} 楼。${'大家轮流说说自己社区的做法，一楼一条。'.repeat(1 + (n % 4))}</p>`,
  at: at(300 + n),
  marks: n % 3,
});
