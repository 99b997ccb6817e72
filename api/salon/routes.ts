import { z } from 'zod';
import { signedIn } from '../access/standings.ts';
import { done as doneShape, issuedPass } from '../accounts/contract.ts';
import { publicJson } from '../core/http/cache.ts';
import { body, createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import type { Limits } from '../core/http/limits.ts';
import { pageQuery } from '../core/page.ts';
import { listAudit } from './auditLog.ts';
import * as contract from './contract.ts';
import {
  addMember,
  dropMemberSecondFactor,
  inviteMember,
  listMembers,
  removeMember,
  resetMember,
} from './members.ts';
import { importRoster } from './roster/importRoster.ts';
import { rosterTemplate } from './roster/template.ts';
import { changeSettings, createSalon, listSalons, readSalon } from './salons.ts';
import { addSeat, handOverSeat, listSeats, readSeat, retireSeat } from './seats.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const inSalon = { params: contract.salonParam };
const ofSeat = { params: contract.seatParam };
const ofMember = { params: contract.memberParam };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const binary = z.string().meta({ format: 'binary' });

export function salonRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons',
        action: 'salon.read',
        summary: '全部沙龙',
        responses: { 200: json(contract.salonList, '按名称') },
      }),
      (c) => publicJson(c, { salons: listSalons(c.var.ctx) }),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons',
        action: 'salon.create',
        summary: '新建沙龙',
        request: { body: body(contract.salonInput) },
        responses: { 201: json(contract.salonRow, '新沙龙') },
      }),
      async (c) => c.json(await createSalon(c.var.ctx, c.req.valid('json')), 201),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}',
        action: 'salon.read',
        summary: '沙龙与章程',
        request: inSalon,
        responses: { 200: json(contract.salonDetail, '章程逐条注明出处') },
      }),
      (c) => publicJson(c, readSalon(c.var.ctx, c.req.valid('param').salon)),
    )
    .openapi(
      endpoint({
        method: 'patch',
        path: '/salons/{salon}/settings',
        action: 'salon.configure',
        summary: '修改章程中可由本沙龙决定的',
        request: { ...inSalon, body: body(contract.settingsInput) },
        responses: {
          200: json(contract.salonDetail.pick({ charter: true, adjustable: true }), '修改后的章程'),
        },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await changeSettings(c.var.ctx, salon, c.req.valid('json')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/seats',
        action: 'salon.read',
        summary: '席位',
        request: { ...inSalon, query: pageQuery },
        responses: { 200: json(contract.seatList, '按座次') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return publicJson(c, listSeats(c.var.ctx, salon, c.req.valid('query')));
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/seats',
        action: 'seat.manage',
        summary: '增设席位',
        request: { ...inSalon, body: body(contract.seatInput) },
        responses: { 201: json(contract.seatRow, '新席位') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await addSeat(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/seats/{seat}',
        action: 'member.list',
        summary: '席位与历任书记',
        request: ofSeat,
        responses: { 200: json(contract.seatDetail, '先任在前') },
      }),
      (c) => {
        const { salon, seat } = c.req.valid('param');
        return c.json(readSeat(c.var.ctx, salon, seat), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/seats/{seat}/hand-over',
        action: 'seat.manage',
        summary: '席位交接（换届）',
        request: { ...ofSeat, body: body(contract.handOverInput) },
        responses: { 200: json(contract.added, '新任书记；没有密码的附邀请') },
      }),
      async (c) => {
        const { salon, seat } = c.req.valid('param');
        return c.json(await handOverSeat(c.var.ctx, salon, seat, c.req.valid('json')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/seats/{seat}/retire',
        action: 'seat.manage',
        summary: '撤销席位',
        request: ofSeat,
        responses: { 200: json(contract.seatRow, '撤销的席位') },
      }),
      async (c) => {
        const { salon, seat } = c.req.valid('param');
        return c.json(await retireSeat(c.var.ctx, salon, seat), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/members',
        action: 'member.list',
        summary: '成员',
        request: inSalon,
        responses: { 200: json(contract.memberList, '书记按座次，其余按身份') },
      }),
      (c) => c.json({ members: listMembers(c.var.ctx, c.req.valid('param').salon) }, 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/members',
        action: 'member.manage',
        summary: '加入成员',
        request: { ...inSalon, body: body(contract.memberInput) },
        responses: { 201: json(contract.added, '没有密码的附邀请') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await addMember(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/hosts',
        action: 'host.appoint',
        summary: '加入主办单位工作人员',
        request: { ...inSalon, body: body(contract.hostInput) },
        responses: { 201: json(contract.added, '没有密码的附邀请') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        const host = { ...c.req.valid('json'), role: 'host' as const };
        return c.json(await addMember(c.var.ctx, salon, host), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/members/{person}',
        action: 'member.manage',
        summary: '移除成员',
        request: ofMember,
        responses: done,
      }),
      async (c) => {
        const { salon, person } = c.req.valid('param');
        await removeMember(c.var.ctx, salon, person);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/members/{person}/invitation',
        action: 'member.manage',
        summary: '重发邀请',
        request: ofMember,
        responses: { 200: json(issuedPass, '原来的邀请随即失效') },
      }),
      async (c) => {
        const { salon, person } = c.req.valid('param');
        return c.json(await inviteMember(c.var.ctx, salon, person), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/members/{person}/reset',
        action: 'member.manage',
        summary: '给忘了密码的成员发重置码',
        request: ofMember,
        responses: { 200: json(issuedPass, '当面交给本人') },
      }),
      async (c) => {
        const { salon, person } = c.req.valid('param');
        return c.json(await resetMember(c.var.ctx, salon, person), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/members/{person}/second-factor',
        action: 'member.manage',
        summary: '替丢了手机的成员关闭两步验证',
        request: ofMember,
        responses: done,
      }),
      async (c) => {
        const { salon, person } = c.req.valid('param');
        await dropMemberSecondFactor(c.var.ctx, salon, person);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/roster-template.xlsx',
        action: 'own.manage',
        summary: '名单模板',
        responses: { 200: { description: '填好后上传', content: { [XLSX]: { schema: binary } } } },
      }),
      async (c) => {
        signedIn(c.var.ctx);
        return c.body(new Uint8Array(await rosterTemplate()), 200, {
          'content-type': XLSX,
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('名单模板.xlsx')}`,
        });
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/roster',
        action: 'roster.import',
        summary: '导入名单：先逐行核对，全部无误才写入',
        request: {
          ...inSalon,
          query: z.strictObject({ commit: z.enum(['0', '1']).default('0') }),
          body: {
            required: true,
            content: { [XLSX]: { schema: binary }, 'text/csv': { schema: binary } },
          },
        },
        responses: { 200: json(contract.rosterReport, '逐行说明；写入后附邀请') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('heavy', signedIn(ctx));
        const bytes = Buffer.from(await c.req.arrayBuffer());
        const commit = c.req.valid('query').commit === '1';
        return c.json(await importRoster(ctx, c.req.valid('param').salon, bytes, commit), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/audit',
        action: 'audit.read',
        summary: '操作记录',
        request: { ...inSalon, query: pageQuery },
        responses: { 200: json(contract.auditPage, '新的在前') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(listAudit(c.var.ctx, salon, c.req.valid('query')), 200);
      },
    );
}
