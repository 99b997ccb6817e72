import { refusals } from '../core/refused.ts';

/** What people read when something about their account is refused. */
export const ACCOUNTS = refusals({
  wrongLogin: [401, '没能登录', '账号或密码不对。忘了密码，请主办单位发一个重置码。'],
  secondFactorAsked: [401, '请输入验证码', '请打开手机上的验证器，输入现在显示的 6 位数字。'],
  wrongCode: [
    401,
    '验证码不对',
    '请输入验证器上现在显示的 6 位数字，或一个没用过的恢复码；每个只能用一次。',
  ],
  locked: [429, '账号暂时锁定', '连续输错次数太多，请稍后再试；急用请联系主办单位发重置码。'],
  passInvalid: [
    410,
    '链接或重置码已失效',
    '它可能已经用过、过期或被新的代替，请向发给您的人要一个新的。',
  ],
  weakPassword: [422, '密码太容易猜', '请换一个更长、更少规律的密码，例如几个不相干的词。'],
  wrongPassword: [403, '密码不对', '请输入您现在用的密码。'],
  loginTaken: [
    409,
    '已有人使用',
    '这个用户名、手机号或邮箱已属于另一个账号，请换一个或联系主办单位。',
  ],
  needsLogin: [422, '缺少登录方式', '请至少留下手机号或用户名，否则以后无法登录。'],
  secondFactorOn: [409, '两步验证已开启', '如要更换手机，请先关闭，再重新开启。'],
  secondFactorOff: [409, '两步验证没有开启', '请先开启两步验证。'],
  secondFactorRequired: [
    409,
    '不能关闭',
    '主办单位和系统管理员须一直开启两步验证；换手机请用恢复码登录后重新设置。',
  ],
  lastAdmin: [409, '不能注销', '您是唯一的系统管理员，请先指定另一位，再注销。'],
  unknownDevice: [404, '没有这台设备', '它可能已经退出登录，请刷新页面。'],
});
