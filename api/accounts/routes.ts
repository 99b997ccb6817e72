import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import type { Sessions } from '../core/context.ts';
import { body, createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import type { Limits } from '../core/http/limits.ts';
import { pageQuery } from '../core/page.ts';
import { id } from '../core/text.ts';
import { changePassword } from './changePassword.ts';
import { changeProfile } from './changeProfile.ts';
import * as contract from './contract.ts';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './cookie.ts';
import { describeDevice } from './device.ts';
import { endDevice, endOtherDevices, listDevices } from './devices.ts';
import {
  dropAccountSecondFactor,
  issueAccountReset,
  listAccounts,
  setAccountActive,
} from './manageAccounts.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  renewRecoveryCodes,
} from './manageSecondFactor.ts';
import { deleteMyAccount, exportMyData, type Leave } from './ownData.ts';
import { readMe } from './readMe.ts';
import { inspectPass, redeemPass } from './redeemPass.ts';
import { requestReset } from './requestReset.ts';

import { signIn } from './signIn.ts';

export interface AccountsDeps {
  readonly limits: Limits;
  readonly sessions: Sessions;
  /** Shown on the sign-in page in demo mode; null otherwise. */
  readonly demo: () => z.infer<typeof contract.demoSignIns> | null;
  /** What someone leaves behind in the salons, before the account is deleted. */
  readonly leave: Leave;
}

const DONE = { done: true } as const;
const done = { 200: json(contract.done, '已办') };
const accountParam = { params: z.strictObject({ id }) };

export function accountRoutes({ limits, sessions, demo, leave }: AccountsDeps) {
  const enter = async (c: HonoContext, origin: string, personId: string, secondFactor: boolean) => {
    const old = readSessionCookie(c, origin);
    if (old) await sessions.end(old);
    const device = describeDevice(c.req.header('user-agent') ?? '');
    writeSessionCookie(c, origin, await sessions.start(personId, { device, secondFactor }));
  };

  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/me',
        action: 'session.enter',
        summary: '我是谁',
        responses: { 200: json(contract.whoAmI, '登录者；未登录时为 null') },
      }),
      (c) => c.json({ me: readMe(c.var.ctx) }, 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/sign-in',
        action: 'session.enter',
        summary: '登录页要知道的',
        responses: { 200: json(contract.signInPage, '演示账号、能否用邮件重设') },
      }),
      (c) => c.json({ demo: demo(), mail: c.var.ctx.sendMail !== undefined }, 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/sign-in',
        action: 'session.enter',
        summary: '登录',
        request: { body: body(contract.signInInput) },
        responses: done,
      }),
      async (c) => {
        const { ctx } = c.var;
        const { personId, secondFactor } = await signIn(ctx, limits, c.req.valid('json'));
        await enter(c, ctx.origin, personId, secondFactor);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/sign-out',
        action: 'session.enter',
        summary: '退出登录',
        responses: done,
      }),
      async (c) => {
        const { origin } = c.var.ctx;
        const bearer = readSessionCookie(c, origin);
        if (bearer) await sessions.end(bearer);
        clearSessionCookie(c, origin);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/passes/inspect',
        action: 'session.enter',
        summary: '看邀请或重置码是给谁的',
        request: { body: body(contract.passInput) },
        responses: { 200: json(contract.passInfo, '给谁、做什么、到何时') },
      }),
      async (c) => c.json(await inspectPass(c.var.ctx, limits, c.req.valid('json').pass), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/passes/redeem',
        action: 'session.enter',
        summary: '用邀请或重置码设密码并登录',
        request: { body: body(contract.redeemInput) },
        responses: { 200: json(z.object({ signedIn: z.boolean() }), '开着两步验证的须再登录一次') },
      }),
      async (c) => {
        const { ctx } = c.var;
        const { personId, secondFactorNext } = await redeemPass(ctx, limits, c.req.valid('json'));
        if (!secondFactorNext) await enter(c, ctx.origin, personId, false);
        return c.json({ signedIn: !secondFactorNext }, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/reset-requests',
        action: 'session.enter',
        summary: '请求用邮件重设密码',
        request: { body: body(contract.resetRequestInput) },
        responses: { 202: json(contract.done, '如果有这个账号并留有邮箱，邮件随后发出') },
      }),
      async (c) => {
        await requestReset(c.var.ctx, limits, c.req.valid('json').login);
        return c.json(DONE, 202);
      },
    )
    .openapi(
      endpoint({
        method: 'patch',
        path: '/me',
        action: 'own.manage',
        summary: '改我的资料',
        request: { body: body(contract.profileInput) },
        responses: done,
      }),
      async (c) => {
        await changeProfile(c.var.ctx, limits, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/me/password',
        action: 'own.manage',
        summary: '改密码',
        request: { body: body(contract.passwordInput) },
        responses: done,
      }),
      async (c) => {
        await changePassword(c.var.ctx, limits, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/devices',
        action: 'own.manage',
        summary: '我登录的设备',
        responses: { 200: json(contract.devices, '最近用过的在前') },
      }),
      (c) => c.json({ devices: listDevices(c.var.ctx) }, 200),
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/me/devices/{id}',
        action: 'own.manage',
        summary: '让一台设备退出',
        request: accountParam,
        responses: done,
      }),
      async (c) => {
        await endDevice(c.var.ctx, c.req.valid('param').id);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/me/devices',
        action: 'own.manage',
        summary: '让其他设备都退出',
        responses: { 200: json(z.object({ ended: z.number().int() }), '退出了几台') },
      }),
      async (c) => c.json({ ended: await endOtherDevices(c.var.ctx) }, 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/second-factor',
        action: 'own.manage',
        summary: '开始设置两步验证',
        request: { body: body(contract.confirmInput) },
        responses: { 200: json(contract.newSecondFactor, '用验证器扫描') },
      }),
      async (c) => {
        const { password } = c.req.valid('json');
        return c.json(await beginSecondFactor(c.var.ctx, limits, password), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/second-factor/confirm',
        action: 'own.manage',
        summary: '输入第一个验证码，开启两步验证',
        request: { body: body(contract.codeInput) },
        responses: { 200: json(contract.recoveryCodes, '恢复码，只显示这一次') },
      }),
      async (c) => {
        const { code } = c.req.valid('json');
        return c.json({ codes: await confirmSecondFactor(c.var.ctx, limits, code) }, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/second-factor/recovery-codes',
        action: 'own.manage',
        summary: '换一批恢复码',
        request: { body: body(contract.confirmInput) },
        responses: { 200: json(contract.recoveryCodes, '恢复码，只显示这一次') },
      }),
      async (c) => {
        const { password } = c.req.valid('json');
        return c.json({ codes: await renewRecoveryCodes(c.var.ctx, limits, password) }, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/second-factor/end',
        action: 'own.manage',
        summary: '关闭两步验证',
        request: { body: body(contract.confirmInput) },
        responses: done,
      }),
      async (c) => {
        await endSecondFactor(c.var.ctx, limits, c.req.valid('json').password);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/export',
        action: 'own.manage',
        summary: '导出关于我的全部数据',
        responses: { 200: json(z.record(z.string(), z.unknown()), '按表，一份 JSON') },
      }),
      (c) =>
        c.json(exportMyData(c.var.ctx), 200, {
          'content-disposition': 'attachment; filename="yuanzhuo-my-data.json"',
        }),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/erase',
        action: 'own.manage',
        summary: '注销我的账号',
        request: { body: body(contract.confirmInput) },
        responses: done,
      }),
      async (c) => {
        const { ctx } = c.var;
        await deleteMyAccount(ctx, limits, leave, c.req.valid('json').password);
        clearSessionCookie(c, ctx.origin);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/accounts',
        action: 'account.list',
        summary: '全部账号',
        request: { query: pageQuery },
        responses: { 200: json(contract.accountPage, '新的在前') },
      }),
      (c) => c.json(listAccounts(c.var.ctx, c.req.valid('query')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/accounts/{id}/reset',
        action: 'account.manage',
        summary: '给账号发一个重置码',
        request: accountParam,
        responses: { 200: json(contract.issuedPass, '交给本人') },
      }),
      async (c) => c.json(await issueAccountReset(c.var.ctx, c.req.valid('param').id), 200),
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/accounts/{id}/active',
        action: 'account.manage',
        summary: '停用或恢复账号',
        request: { ...accountParam, body: body(z.strictObject({ active: z.boolean() })) },
        responses: done,
      }),
      async (c) => {
        await setAccountActive(c.var.ctx, c.req.valid('param').id, c.req.valid('json').active);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/accounts/{id}/second-factor',
        action: 'account.manage',
        summary: '替丢了手机的人关闭两步验证',
        request: accountParam,
        responses: done,
      }),
      async (c) => {
        await dropAccountSecondFactor(c.var.ctx, c.req.valid('param').id);
        return c.json(DONE, 200);
      },
    );
}
