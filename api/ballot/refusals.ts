import { refusals } from '../core/refused.ts';

/** What people read when the ballot box refuses something. */
export const BALLOT = refusals({
  noBallot: [404, '没有这次表决', '请从沙龙的页面打开表决。'],
  notTaking: [409, '领票已经结束', '领票截止后不再发票；您仍计入实到。'],
  otherTaken: [
    409,
    '这个席位已领过票',
    '一个席位只有一张票。请用领票时的那台手机、那个浏览器投票；换了手机或清除了数据，票找不回来，也不能补发。',
  ],
  badBlinded: [422, '领票的数据不对', '请刷新页面再领一次；若仍不行，换一个浏览器。'],
  notYetCasting: [409, '还没有开始投票', '领票截止后才能投票；页面会自己变，请稍等。'],
  castingOver: [409, '投票已经结束', '投票时间已过，或者所有的票都已投出。'],
  otherCast: [409, '这张票已经投过', '一张票只能投一次，以第一次为准。'],
  badSignature: [422, '这不是本次表决的有效选票', '请用领票时的那台手机、那个浏览器投票。'],
  badChoice: [422, '选票上的选项不对', '请刷新页面，按选票重新选择。'],
  tooManyForged: [429, '无效的选票太多', '请过一会儿再投；您的票还在。'],
});
