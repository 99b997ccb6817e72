import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../../../lib/api.ts';
import { keepTime, serverNow } from '../clock.ts';
import { type SessionParam, sessionApi } from '../read.ts';
import { type Code, untilNext } from './code.ts';

/** The newest code, fetched as soon as it changes. @param wanted while signing in is open */
export function useCode(param: SessionParam, wanted: boolean): Code | undefined {
  const [code, setCode] = useState<Code>();
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let known: Code | undefined;
    let stopped = false;
    const next = async () => {
      try {
        known = await ask(sessionApi['check-in-code'].$get({ param }).then(keepTime));
        if (!stopped) setCode(known);
      } catch {
        // What is shown is hidden once it is no longer good; the next try comes soon.
      }
      if (!stopped) timer = setTimeout(next, untilNext(known, serverNow()));
    };
    next();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [param.salon, param.number, wanted]);
  return code;
}
