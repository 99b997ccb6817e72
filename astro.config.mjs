import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { contentIntegration } from './site/build/content.ts';
import { finishIntegration } from './site/build/finish.ts';

const bootScript = readFileSync(new URL('./site/layouts/boot.js', import.meta.url), 'utf8').trim();
const sha256 = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

export default defineConfig({
  site: process.env['SITE_URL'] ?? 'http://127.0.0.1:4321',
  srcDir: './site',
  publicDir: './site/public',
  outDir: process.env['YUANZHUO_OUT'] ?? './dist',
  cacheDir: process.env['YUANZHUO_CACHE'] ?? './.cache/astro',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  integrations: [preact(), contentIntegration(), finishIntegration()],
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      scriptDirective: { hashes: [sha256(bootScript)] },
    },
  },
  build: { inlineStylesheets: 'never' },
  // Phones of the last five years: nesting and light-dark() are written out for them.
  vite: { build: { cssTarget: ['chrome100', 'safari15', 'firefox100'] } },
});
