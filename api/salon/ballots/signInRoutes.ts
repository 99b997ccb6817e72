import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import * as contract from './contract.ts';
import { declineBallot, signInForSeat, signInToBallot, undoSignIn } from './signIn.ts';
import { takeBallot } from './take.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const ofBallot = { params: contract.ballotParam };

/** What a seat does before it votes. */
export function signInRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/sign-in',
        action: 'ballot.take',
        summary: '表决签到',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await signInToBallot(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/ballots/{ballot}/sign-in',
        action: 'ballot.take',
        summary: '撤销表决签到；领票以后不能',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await undoSignIn(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/decline',
        action: 'ballot.take',
        summary: '到会而不领票',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await declineBallot(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/sign-in/hand',
        action: 'ballot.run',
        summary: '代办表决签到',
        request: { ...ofBallot, body: body(contract.handInput) },
        responses: done,
      }),
      async (c) => {
        await signInForSeat(c.var.ctx, c.req.valid('param'), c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/take',
        action: 'ballot.take',
        summary: '领票：给盲化的选票签名',
        request: { ...ofBallot, body: body(contract.takeInput) },
        responses: { 200: json(contract.taken, '盲签名；同样的再领一次，还是这个') },
      }),
      async (c) =>
        c.json(await takeBallot(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 200),
    );
}
