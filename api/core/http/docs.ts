import { html, raw } from 'hono/html';

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

/** As much of an OpenAPI document as the page shows. */
export interface ApiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

const operation = (method: string, path: string, { summary, description, ...rest }: Operation) =>
  html`<details>
    <summary><code>${method.toUpperCase()} /api${path}</code> ${summary ?? ''} <small>${description ?? ''}</small></summary>
    ${rest.parameters?.length ? html`<h3>参数</h3><ul>${rest.parameters.map((one) => html`<li><code>${one.name}</code>（${one.in === 'path' ? '在网址里' : '在问号之后'}）</li>`)}</ul>` : ''}
    ${rest.requestBody ? html`<h3>发送</h3><pre>${pretty(rest.requestBody)}</pre>` : ''}
    <h3>答复</h3><pre>${pretty(rest.responses ?? {})}</pre>
  </details>`;

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  summary { cursor: pointer; padding: 0.6rem 0; } small { opacity: 0.75; }
  details { border-block-end: 1px solid #8886; } pre { overflow-x: auto; font-size: 13px; }
`;

export const DOCS_POLICY =
  "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/**
 * The API for people, made of the OpenAPI document: no script, nothing from elsewhere. Our own,
 * because the usual viewers need megabytes of script, and none shows who may do what.
 */
export function docsPage({ paths = {}, components }: ApiDocument) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => operation(method, path, one)),
  );
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>接口说明 · 圆桌</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <h1>接口说明</h1>
        <p>共 ${operations.length} 个接口。收发 JSON；写操作须从本站发出（带 Origin），可带 Idempotency-Key，同一编号重发只生效一次。机器读的说明在 <a href="/api/openapi.json">/api/openapi.json</a>。</p>
        ${operations}
        <h2>共用的结构</h2>
        <pre>${pretty(components?.schemas ?? {})}</pre>
      </body>
    </html>`;
}
