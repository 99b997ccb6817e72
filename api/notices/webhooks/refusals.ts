import { refusals } from '../../core/refused.ts';

export const WEBHOOKS = refusals({
  tooManyWebhooks: [409, '机器人太多', '一个沙龙最多 10 个，请先移除不用的。'],
});
