import { expect, test } from 'vitest';
import { markedTextOfHtml, textOfHtml } from './reading.ts';
import { splitReplyOfHtml } from './text.ts';

const QUESTION = 'Is it well?';
const OUTLOOK_HEADER = '<p class="MsoNormal"><b>From:</b> Shop &lt;h@s.example&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 10:12 AM<br><b>To:</b> Ann<br><b>Subject:</b> Kettle</p>';

test.each([
  ['Gmail', '<div dir="ltr">Works.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, 3 Mar 2026 at 10:12, Shop &lt;<a href="mailto:h@s.example">h@s.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">Is it well?</blockquote></div>'],
  ['Gmail with a signature', '<div dir="ltr">Works.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>Ann<br>Miller Ltd</div></div></div><br><div class="gmail_quote"><div class="gmail_attr">вт, 3 мар. 2026 г. в 10:12, Shop &lt;h@s.example&gt;:<br></div><blockquote>Is it well?</blockquote></div>'],
  ['Outlook on the web', '<div>Works.</div><div id="Signature"><p>Ann Miller</p></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Shop</div><div>Is it well?</div>'],
  ['Outlook on the web, seen by another', '<div>Works.</div><div id="x_appendonsend"></div><div id="x_divRplyFwdMsg"><b>Od:</b> Shop</div><div>Is it well?</div>'],
  ['Outlook', `<div class="WordSection1"><p class="MsoNormal">Works.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">${OUTLOOK_HEADER}</div></div><p class="MsoNormal">Is it well?</p></div>`],
  ['Outlook 2010', `<p class="MsoNormal">Works.</p><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>\u041e\u0442: Shop</p></div><p>Is it well?</p>`],
  ['new Outlook', '<div class="elementToProof">Works.</div><div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message skipProofing"><b>From: </b>Shop</div><div>Is it well?</div></div>'],
  ['Outlook on a phone', '<div dir="auto">Works.</div><div id="ms-outlook-mobile-signature"><div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div></div><hr><div id="divRplyFwdMsg"><b>From:</b> Shop</div>Is it well?'],
  ['Apple', '<div>Works.</div><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:12, Shop &lt;h@s.example&gt; wrote:</div><br><div>Is it well?</div></blockquote></div>'],
  ['iPhone', '<html><body dir="auto">Works.<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 3 Mar 2026, at 10:12, Shop &lt;h@s.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff<div>Is it well?</div></div></blockquote></body></html>'],
  ['Thunderbird', '<html><head><meta charset="UTF-8"></head><body><p>Works.</p><div class="moz-cite-prefix">On 3/3/26 10:12, Shop wrote:<br></div><blockquote type="cite" cite="mid:1@s.example"><p>Is it well?</p></blockquote><div class="moz-signature">-- <br>Ann</div></body></html>'],
  ['Yahoo', '<div>Works.</div><div id="ydp1yahoo_quoted_1" class="yahoo_quoted"><div>On Tuesday, March 3, 2026, Shop wrote:</div><div>Is it well?</div></div>'],
  ['Yahoo, seen by another', '<div>Works.</div><div id="yiv0123456789"><div class="yiv0123456789yahoo_quoted">Is it well?</div></div>'],
  ['mail.ru', '<div>Works.</div><div>&nbsp;</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Вторник, 3 марта 2026, 10:12 +03:00 от Shop &lt;h@s.example&gt;:<br>&nbsp;<div id=""><div class="js-helper js-readmsg-msg">Is it well?</div></div></blockquote>'],
  ['Yandex', '<div>Works.</div><div>03.03.2026, 10:12, "Shop" &lt;h@s.example&gt;:</div><blockquote><p>Is it well?</p></blockquote>'],
  ['abv.bg', '<p>Works.</p><br><br><blockquote style="border-left:#999999 1px solid"> -------- Оригинално писмо -------- <br> От: Shop <br> Относно: Kettle <br> До: ann@abv.example <br><br> Is it well?</blockquote>'],
  ['wp.pl', '<div>Works.</div><div><br></div><div class="nh_extra"><div>Dnia 3 marca 2026 10:12 Shop &lt;h@s.example&gt; napisał(a):</div><br><blockquote style="border-left:3px solid #ccc">Is it well?</blockquote></div>'],
  ['onet.pl', '<div>Works.</div><br><div>W dniu 2026-03-03 10:12:44 użytkownik Shop &lt;h@s.example&gt; napisał:</div><blockquote style="margin-left:7px">Is it well?</blockquote>'],
  ['GMX', '<div><div>Works.</div><div class="signature">Ann</div><div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b> Dienstag</div><div name="quoted-content">Is it well?</div></div></div>'],
  ['Proton', '<div>Works.</div><div class="protonmail_signature_block"><div>Sent with Proton Mail secure email.</div></div><div class="protonmail_quote">On Tuesday, March 3rd, 2026 at 10:12 AM, Shop &lt;h@s.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Is it well?</blockquote></div>'],
  ['Tuta', '<div>Works.</div><div>3 Mar 2026, 10:12 by h@s.example:</div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8;">Is it well?</blockquote>'],
  ['Zoho', '<div>Works.</div><div class="zmail_extra_hr"></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div>---- On Tue, 03 Mar 2026 10:12:44 +0000 <b>Shop</b> wrote ---</div><blockquote>Is it well?</blockquote></div>'],
  ['Samsung', '<div dir="auto">Works.</div><div id="composer_signature" dir="auto">Sent from my Galaxy</div><div><br></div><div>-------- Original message --------</div><div>From: Shop &lt;h@s.example&gt;</div><div>Date: 03/03/2026 10:12 (GMT+00:00)</div><div>To: ann@m.example</div><div>Subject: Kettle</div><div><br></div>Is it well?'],
  ['Exchange of old', '<P><FONT SIZE=2>Works.</FONT></P><P><FONT SIZE=2>-----Original Message-----<BR>From: Shop [<A HREF="mailto:h@s.example">mailto:h@s.example</A>]<BR>Sent: Tuesday, March 03, 2026 10:12 AM<BR>To: Ann<BR>Subject: Kettle<BR><BR>Is it well?</FONT></P>'],
])('HTML of %s', (_, html) => {
  const { written, quoted } = splitReplyOfHtml(html);
  expect(written).toBe('Works.');
  expect(quoted).toContain(QUESTION);
});

test('answers between the lines of HTML keep their questions', () => {
  const html = '<div>See below.</div><div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026 at 10:12, Shop &lt;h@s.example&gt; wrote:</div><blockquote class="gmail_quote">Which colour?</blockquote><div>Red.</div><blockquote class="gmail_quote">Which size?</blockquote><div>Large.</div></div>';
  expect(splitReplyOfHtml(html).written).toContain('> Which colour?\n\nRed.\n\n> Which size?\n\nLarge.');
});

test('HTML reads as it looks', () => {
  const html = '<!DOCTYPE html><html><head><title>No</title><style>p{}</style><!--[if mso]><xml>no</xml><![endif]--></head><body><h1>Order</h1>\n<p>Hello&nbsp;<b>Maria</b>,<br>\nsee <a href="https://shop.example/o/1?a=1&amp;b=2">your\n  order</a> or <a href="https://shop.example/">https://shop.example</a></p>'
    + '<ul><li>one<li>two</ul><pre>a\n  b</pre><table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>1 < 2 &amp; 3 &gt; 2 &eacute;&#8364;&#x20ac;&ndash;&unknown;</body></html>';
  const text = 'Order\n\nHello Maria,\nsee your order (https://shop.example/o/1?a=1&b=2) or https://shop.example\n\n * one\n * two\n\na\n  b\n\nA B\nC D\n\n1 < 2 & 3 > 2 é€€–&unknown;';
  expect(markedTextOfHtml(html)).toBe(text);
  expect(textOfHtml(html).replace(/\s+/gu, ' ')).toBe(text.replace(/\s+/gu, ' '));
});

test('marks of ours in a message of theirs are not believed', () => {
  expect(splitReplyOfHtml('<p>Works.</p><p>&#xe0f0;\ue0f0</p><p>&#57585;Really.</p>')).toEqual({ written: 'Works.\n\nReally.', quoted: '' });
});

test.each(['<', '<a ', '<a "', '<a x="', '<!--', '<script>', '<div', '<div>', '</div>', '<blockquote>', '<p class="gmail_signature">', '&', '&#', '<a href="https://x.example">', '<pre>', '<br>', '\u0000', '<x y=\'z>', '<td>'])(
  'a megabyte of %j is read to its end', (part) => {
    expect(splitReplyOfHtml(`<p>Works.</p>${part.repeat(Math.ceil(1_000_000 / part.length))}`).written).toContain('Works.');
  });
