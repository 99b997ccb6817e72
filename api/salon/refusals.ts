import { refusals } from '../core/refused.ts';

/** What people read when something about a salon is refused. */
export const SALON = refusals({
  slugTaken: [409, '网址名已被使用', '请换一个网址名。'],
  communityTaken: [409, '已有这个社区的席位', '同一个沙龙里每个社区只有一个席位，请检查名称。'],
  seatRetired: [409, '席位已撤销', '撤销的席位不能再办理交接。'],
  alreadySeated: [409, '已担任别的席位', '一位书记只能担任一个席位；请先办理原席位的交接。'],
  holdsAlready: [409, '无需交接', '这个席位现在就由此人担任。'],
  alreadyMember: [409, '已有这个身份', '此人在本沙龙已有这个身份，无需再加。'],
  lastHost: [409, '不能移除', '沙龙至少要有一位主办单位工作人员；请先加入另一位。'],
  isSecretary: [409, '请办理席位交接', '社区书记的身份随席位而来；换届请到“席位”页办理交接。'],
  chooseOne: [422, '填写有误', '请选一位已有账号的人，或填写新人的姓名与手机号，二者选一。'],
  noLogin: [422, '缺少登录方式', '请填写手机号或用户名，否则以后无法登录。'],
  enteredAlready: [409, '已经加入', '此人已设好密码，不再需要邀请；忘了密码请改发重置码。'],
  notEntered: [409, '还没有加入', '此人还没有设过密码，请发邀请链接。'],
  otherHost: [403, '不能代办', '主办单位之间不能互相重置密码，请找系统管理员。'],
  rosterUnreadable: [422, '读不出名单', '请用模板填写后另存为 .xlsx 或 .csv 再上传。'],
  rosterTooLong: [422, '名单太长', '一次最多导入 2,000 行，请分几次导入。'],
  rosterHasErrors: [
    422,
    '名单有误，没有写入',
    '请按逐行说明改正后重新上传；有一行不对就一行也不写入。',
  ],
});
