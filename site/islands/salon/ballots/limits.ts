/**
 * What the secret ballot promises, and what it does not hide (salon-rules §6): this list and no
 * other, the same wherever a ballot is taken or its result is read.
 */

export const PROMISE =
  '翻遍存下来的数据、备份和日志，谁也查不出哪一席投了什么，平台的所有者也查不出；每个人都能自己重新计票。';

export const LIMITS_LEAD = '下面这些，它做不到：';

export const LIMITS = [
  '谁领了选票，大家看得见；投了什么，看不见。',
  '如果结果是全体一致，每一席投了什么也就清楚了。',
  '投票进行当中控制着服务器的人，能数出已经投了多少票，能把投票的时间和网络地址对上；领票结束以前，还能替没有领票的席位造出选票。',
  '有人盯着您的网络或屏幕，它管不了。',
  '回执可以拿给别人看。',
  '网站送到您浏览器里的程序，要么信任它，要么拿它和公布的校验值核对；办法就在下面。',
] as const;
