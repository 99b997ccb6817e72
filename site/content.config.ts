import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';
import {
  type CaseEntry,
  type MethodEntry,
  readCase,
  readMethod,
  type Theme,
} from '../api/library/contract.ts';
import { mdxLoader, themesLoader } from './lib/libraryLoader.ts';

/** The schemas are the library contract's; a loader hands over only what has passed them. */
export const collections = {
  cases: defineCollection({
    loader: mdxLoader('cases', readCase),
    schema: z.custom<CaseEntry>(),
  }),
  methods: defineCollection({
    loader: mdxLoader('methods', readMethod),
    schema: z.custom<MethodEntry>(),
  }),
  themes: defineCollection({
    loader: themesLoader(),
    schema: z.custom<Theme & { order: number }>(),
  }),
};
