/** What a 会议纪要 says: plain data, names and texts as people typed them. */
export interface MinutesDocument {
  /** The mark: e.g. 富平县社区治理主题沙龙纪要. */
  readonly mark: string;
  /** The number line: e.g. 〔2026〕第 4 期. */
  readonly issue: string;
  /** E.g. 关于“如何破解社区万能章”的沙龙纪要. */
  readonly title: string;
  /** 成文日期, 'YYYY-MM-DD'. A draft does not print it. */
  readonly date: string;
  readonly meeting: {
    readonly time: string;
    readonly place: string;
    readonly chair: string;
    readonly recorder: string;
  };
  readonly attendance: Attendance;
  /** Prose; a line break ends a paragraph. */
  readonly summary: string;
  /** Topics and conclusions. Headings are numbered 一、 here; a paragraph may begin with （一）. */
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
  }[];
  readonly actions: readonly Action[];
  /** Names of the attachments. */
  readonly attachments: readonly string[];
  /** 印发机关. */
  readonly issuer: string;
  /** 抄送. */
  readonly copies: readonly string[];
  /** 更正 made after publication; the date is 'YYYY-MM-DD'. */
  readonly corrections: readonly { readonly date: string; readonly text: string }[];
  /** A draft says so on each page, has no red and bears no date. */
  readonly draft: boolean;
}

export interface Attendance {
  /** How many seats were due. */
  readonly due: number;
  readonly present: readonly Party[];
  readonly leave: readonly (Party & { readonly reason: string })[];
  readonly guests: readonly Party[];
}

export interface Party {
  readonly unit: string;
  /** May be empty: then the unit stands alone. */
  readonly name: string;
}

export interface Action {
  readonly what: string;
  readonly unit: string;
  /** 'YYYY-MM-DD', or words: 长期坚持. */
  readonly due: string;
}
