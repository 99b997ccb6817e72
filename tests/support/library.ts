import { libraryOf } from '../../api/library/names.ts';

/** A library of a few names, as the build would write them. */
export const testLibrary = libraryOf([
  { kind: 'theme', id: 'wangge', name: '网格治理', gist: '格怎么划、人怎么配', themes: [] },
  { kind: 'theme', id: 'dangjian', name: '党建引领', gist: '组织怎样建到网格', themes: [] },
  {
    kind: 'case',
    id: 'weiwang-shige',
    name: '微网实格',
    gist: '一般网格下面再分微网格',
    themes: ['wangge', 'dangjian'],
  },
  { kind: 'case', id: 'sihua-liandong', name: '四化联动', gist: '四化', themes: ['dangjian'] },
  {
    kind: 'method',
    id: 'sanjian-yiguan',
    name: '三建一管',
    gist: '按正式党员多少建组织',
    themes: ['dangjian', 'wangge'],
  },
]);
