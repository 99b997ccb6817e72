import { refusals } from '../core/refused.ts';

const ACCEPTED = '只接受 PDF、Word（.docx）、Excel（.xlsx）、PPT（.pptx）、PNG 和 JPG';

/** What people read when a file is refused. */
export const FILES = refusals({
  fileBroken: [400, '上传中断', '文件没有传完，什么也没有保存；请检查网络后重新上传。'],
  fileTooLarge: [413, '文件太大', '每个文件最多 20 MB；请压缩图片或拆成几个文件后再上传。'],
  fileEmpty: [422, '空文件', '这个文件里没有内容；请确认选对了文件。'],
  fileWrongKind: [
    422,
    '不接受这种文件',
    `${ACCEPTED}，按内容判断，改后缀没有用；请另存为其中一种再上传。`,
  ],
  fileOldOffice: [
    422,
    '不接受这种文件',
    '这是旧格式（.doc、.xls、.ppt）或设了打开密码的文件；请去掉密码，另存为 .docx、.xlsx 或 .pptx 再上传。',
  ],
  fileUnreadable: [
    422,
    '读不出这个文件',
    '文件不完整或已损坏；请在自己的电脑上打开确认，另存一份后再上传。',
  ],
  fileMacros: [
    422,
    '文件里有宏或控件',
    '为了大家的安全，不接受带宏或控件的文件；请另存为不带宏的 .docx、.xlsx 或 .pptx，或导出为 PDF 再上传。',
  ],
  fileOutside: [
    422,
    '文件会从外部取内容',
    '文件里有远程模板、远程对象或 DDE 链接；请断开这些链接，或导出为 PDF 再上传。',
  ],
  fileActivePdf: [
    422,
    'PDF 里有脚本或附件',
    '为了大家的安全，不接受带脚本、启动命令或内嵌附件的 PDF；请用“打印”另存为一份新的 PDF 再上传。',
  ],
  fileBomb: [
    422,
    '解开后太大',
    '这个文件解开后内容过多；请删去不需要的部分，或导出为 PDF 再上传。',
  ],
  fileImageTooLarge: [
    422,
    '图片尺寸太大',
    '图片每边最多 12,000 像素、总共最多 5,000 万像素；请缩小后再上传。',
  ],
});
