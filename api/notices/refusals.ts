import { refusals } from '../core/refused.ts';

export const NOTICES = refusals({
  mailLinkInvalid: [
    410,
    '退订链接不对或已失效',
    '邮箱换过的，旧邮件里的链接不再有效。要停止邮件，请登录后在“通知设置”里选“不发邮件”。',
  ],
});
