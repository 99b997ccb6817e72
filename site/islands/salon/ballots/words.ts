import type { Lack } from '../../../lib/ballots/means.ts';

/** What voters read; why something is refused, the server says. */

/**
 * The same in one picture, for whoever does not want to know more; no more is promised than by the
 * steps and the limits.
 */
export const PICTURE = [
  ['领票', '您的手机把一张空白票装进不透明的信封，系统隔着信封盖上章，看不见里面的票。'],
  ['投票', '手机拆掉信封，投出盖了章的票，票上没有姓名，也没有社区。'],
  ['计票', '系统只认章，不认人；事后翻遍存下来的记录，也查不出哪张票是谁的。'],
] as const;

/** Four short steps, of which each can be checked. */
export const WHY_HIDDEN = [
  [
    '手机自己造票',
    '您的手机造一张带随机编号的票，蒙上一层只有它能揭开的“封套”。领票时，编号不出手机。',
  ],
  ['隔着封套盖章', '服务器核对您已签到，隔着封套盖一个章，记下“这一席领过票”，看不到编号。'],
  ['领票截止就毁章', '手机揭掉封套，章还在票上。领票一截止，盖章的密钥就销毁，谁也不能再添票。'],
  [
    '投票不带身份',
    '投票时不带登录信息，服务器只认章，不知道是哪一席。计票后公示每一张票，您可凭回执找到自己的。',
  ],
] as const;

/** 核对码: the fingerprint of the key, in the words of the room. */
export const COMPARE_KEY =
  '核对码由盖章的密钥算出（叫作公钥指纹）。会场屏幕上也显示它，应当一样。不一样就先不要投，请马上告诉会场里的人：如果每个人的章都不同，选票就会被认出来。';

export const LACKS: Readonly<Record<Lack, { readonly title: string; readonly detail: string }>> = {
  insecure: {
    title: '这个网址不安全，不能领票',
    detail: '请用 https:// 开头的网址打开，或向主办单位要正确的网址。现在领不了，也不会算您领过。',
  },
  old: {
    title: '这个浏览器太旧，不能领票',
    detail: '请升级浏览器，或换一部手机。现在领不了，也不会算您领过。',
  },
  noStorage: {
    title: '这个浏览器不让网页存东西，不能领票',
    detail: '请关掉无痕（隐私）模式，或换一个浏览器打开这一页。现在领不了，也不会算您领过。',
  },
};

export const SAME_BROWSER =
  '用哪部手机、哪个浏览器领票，就要用它投。领票后别清除数据，别用无痕窗口：票丢了不能补，您仍计入实到。';
export const IN_WECHAT =
  '您现在在微信里：领票和投票都要在微信里完成，换到别的浏览器，票就不在那里。';

export const BULLETINS = {
  first: {
    title: '公示与重新计票',
    receipt: '找我的回执',
    about: '公示里有每一张票和它的签名，没有姓名、社区和时间。谁都可以下载，谁都可以重新计一遍票。',
  },
  second: {
    title: '第二张票的公示',
    receipt: '找第二张票的回执',
    about: '公示里有每一张票的签名、打分的合计和排好序的意见；单张票打了几分、写了什么，不公布。',
  },
} as const;

/** What an evaluation came to. */
export const verdictInWords = (recalled: boolean): string =>
  recalled ? '反对超过 60%，选题委员会重新选举' : '反对没有超过 60%，选题委员会继续履职';

export const RECALL_RULE = '反对超过实到席位的 60%，选题委员会重新选举；恰好 60% 不重选。';
