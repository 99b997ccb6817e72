/** The closed lists an author chooses from, and what readers see for each. */

export const LEVELS = ['市', '区县', '镇街', '街道级社区', '社区'] as const;

export const SETTLEMENTS = [
  '老旧小区',
  '物业小区',
  '单位家属院',
  '动迁安置小区',
  '城中村',
  '老城街巷院落',
  '城乡结合部',
  '农村',
  '商圈楼宇',
] as const;

export const SOURCE_FLAGS = ['完整', '数字隐去', '地名隐去', '地名推断', '残缺'] as const;

/** How a part of a place is known. */
export const BASES = ['stated', 'inferred', 'withheld'] as const;
export const BASIS_LABEL = {
  stated: '原文写明',
  inferred: '据文中线索推断',
  withheld: '原文未公开',
} as const;

export const FIGURE_KINDS = ['input', 'process', 'outcome'] as const;
export const FIGURE_KIND_LABEL = { input: '投入', process: '过程', outcome: '成效' } as const;

export const ASSURANCES = ['self-reported', 'verified'] as const;
export const ASSURANCE_LABEL = { 'self-reported': '来源自述', verified: '已核实' } as const;

/** Words that stand before a numeral (近 10 万), after it (140 余名) or after the unit (90% 以上). */
export const APPROXIMATIONS = ['近', '约', '不到', '余', '多', '以上', '以内'] as const;

export const NOT_STATED = '未注明';
export const WITHHELD_TEXT = '原文未公开';
export const NAME_ONLY_TEXT = '来源仅有名称';
/** A sentence that begins so is ours, not the source's. */
export const EDITOR_MARK = '编者建议：';

/** A paragraph that begins so is the new-case template's, not yet the author's. */
export const TEMPLATE_HINT = '（提示：';

/** GB/T 15834: Chinese text takes full-width marks. */
export const HALF_WIDTH =
  /[\p{Script=Han}”》」』）][,;:?!()"]|[,;:?!()"][\p{Script=Han}“《「『（]|\p{Script=Han}\.(?=\s|$|\p{Script=Han})/u;
export const HALF_WIDTH_ADVICE = '中文里的标点请用全角：，。；：？！（）“”';

/** The four parts and the checklist, in the order of every case page. */
export const CASE_SECTIONS = [
  '背景与起因',
  '做法与经过',
  '成效与反响',
  '经验与启示',
  '照着做',
] as const;

/** China's province-level divisions by the seven customary regions: a place to stand, not a map. */
export const REGIONS = [
  { name: '华北', provinces: ['北京市', '天津市', '河北省', '山西省', '内蒙古自治区'] },
  { name: '东北', provinces: ['辽宁省', '吉林省', '黑龙江省'] },
  {
    name: '华东',
    provinces: ['上海市', '江苏省', '浙江省', '安徽省', '福建省', '江西省', '山东省', '台湾省'],
  },
  { name: '华中', provinces: ['河南省', '湖北省', '湖南省'] },
  {
    name: '华南',
    provinces: ['广东省', '广西壮族自治区', '海南省', '香港特别行政区', '澳门特别行政区'],
  },
  { name: '西南', provinces: ['重庆市', '四川省', '贵州省', '云南省', '西藏自治区'] },
  {
    name: '西北',
    provinces: ['陕西省', '甘肃省', '青海省', '宁夏回族自治区', '新疆维吾尔自治区'],
  },
] as const;

export const PROVINCES: readonly string[] = REGIONS.flatMap((region) => [...region.provinces]);

export type Level = (typeof LEVELS)[number];
export type Settlement = (typeof SETTLEMENTS)[number];
export type SourceFlag = (typeof SOURCE_FLAGS)[number];
export type FigureKind = (typeof FIGURE_KINDS)[number];
