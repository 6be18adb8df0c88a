import { describe, expect, it } from '@jest/globals';
import { TemplateRefused } from '../../mail/template-refused.ts';
import { compileText } from '../support/mails.ts';

/** All that is refused, as `file:line: message`; the text begins on line 3. */
async function refusalsOf(text: string): Promise<string> {
  try {
    await compileText(`Hello\n${text}`);
    return '';
  } catch (error) {
    if (error instanceof TemplateRefused) return error.message;
    throw error;
  }
}

const HOST = 'a link says itself where it leads';
const LINK = 'a link is https or mailto';
const MADE = 'a tag, and the names of its attributes, are written out';

describe('lintMarkup', () => {
  it.each([
    ['<script>alert(1)</script>', '<script> has no place in a mail'],
    ['<SCRIPT src="https://x.example/a.js"></SCRIPT>', '<script> has no place in a mail'],
    ['<form action="https://x.example/">x</form>', '<form> has no place in a mail'],
    ['<iframe src="https://x.example/"></iframe>', '<iframe> has no place in a mail'],
    ['<object data="https://x.example/"></object>', '<object> has no place in a mail'],
    ['<embed src="https://x.example/">', '<embed> has no place in a mail'],
    ['<base href="https://x.example/">', '<base> has no place in a mail'],
    ['<svg><a>x</a></svg>', '<svg> has no place in a mail'],
    ['<!--[if mso]><script>x</script><![endif]-->', '<script> has no place in a mail'],
    ['<!--><script>x</script>-->', '<script> has no place in a mail'],
    ['<mj-include path="./secret.txt" />', '<mj-include> has no place in a mail'],
    ['<meta http-equiv=refresh content="0;url=https://x.example/">', 'http-equiv="…" has no place in a mail'],
    ['<b onclick="alert(1)">x</b>', 'onclick="…" is a script'],
    ['<b title="x"OnMouseOver=alert(1)>x</b>', 'onmouseover="…" is a script'],
    ['<b/onclick="alert(1)">x</b>', 'onclick="…" is a script'],
    ['<a/href="javascript:alert(1)">x</a>', LINK],
    ['<a href="data:text/html,x">x</a>', LINK],
    ['<a href="&#106;avascript:alert(1)">x</a>', LINK],
    ['<a href=" https://x.example/">x</a>', LINK],
    ['<a {{#if order}}href="http://x.example"{{/if}}>x</a>', LINK],
    ['<table><tr><td background="http://x.example/a.png">x</td></tr></table>', LINK],
    ['<img alt="" srcset="https://x.example/a.png 1x, http://x.example/b.png 2x">', LINK],
    ['<b style="background:url(http://x.example/a.png)">x</b>', LINK],
    ['<b style=\'background:url("//x.example/a.png")\'>x</b>', LINK],
    ['<b style="background:u\\72l(http://x.example/a.png)">x</b>', LINK],
    ['<b style="background:&#117;rl(http://x.example/a.png)">x</b>', LINK],
    ['<b style="width:expression(alert(1))">x</b>', 'styles are looks only, without "expression("'],
    ['<style>@import "https://x.example/a.css";</style>', 'styles are looks only, without "@import"'],
    ['<style>b { background: url(http://x.example/a.png) }</style>', LINK],
    ['<a href="https://{{#if order}}a{{else}}b{{/if}}.example/">x</a>', HOST],
    ['<a href="https://{{shop.name}}.example">x</a>', HOST],
    ['<a href="https://x.example{{#if order}}.b{{/if}}/">x</a>', HOST],
    ['<a href="https://shop.example@x.example/">x</a>', 'no address: "https://shop.example@x.example/"'],
    ['<a href="https:///x.example/">x</a>', 'no address: "https:///x.example/"'],
    ['<scr{{#if order}}ipt{{/if}}>x', MADE],
    ['<b {{#if order}}on{{/if}}click="x">x</b>', MADE],
    ['<b on{{#if order}}click{{/if}}="x">x</b>', MADE],
    ['<b on {{~#if order~}} click="x"{{/if}}>x</b>', MADE],
    ['< {{~! nothing ~}} script>x', MADE],
    [`{{#if caseAnswer}}{{#if points}}<a href="{{link 'javascript:x'}}">x</a>{{/if}}{{/if}}`, LINK],
    ['<title>x', '<title> has no place in a mail'],
    ['<plaintext>x', '<plaintext> has no place in a mail'],
    ['<![CDATA[<script>x</script>]]>', '<script> has no place in a mail'],
    ['<b style="background:url(http://x.example/a.png">x</b>', LINK],
    ['<b style="background:{{#if order}}u{{/if}}rl(http://x.example/a.png)">x</b>', LINK],
    ['<b style="background:image-set(&quot;http://x.example/a.png&quot; 1x)">x</b>', 'styles are looks only'],
    ['<a href=https://x.example/"onclick="alert(1)">x</a>', '<a> has no end'],
    ['<a xlink:href="http://x.example/">x</a>', LINK],
    ['<a href="https://x.example/>x</a>', '<a> has no end'],
  ])('refuses %j, where it is written', async (text, message) => {
    expect((await refusalsOf(text)).split('\n').map((line) => line.slice(0, 14 + message.length))).toContain(
      `hello.mjml:3: ${message}`,
    );
  });

  it.each([
    '<a href="https://shop.example/{{shop.name}}?a={{locale}}#{{timeZone}}">x</a>',
    '<a href="https://shop.example?a=1">x</a>',
    '<a href="https://käse.example:8443/a">x</a>',
    '<a href="mailto:hello@shop.example?subject=Hi there">x</a>',
    '<img src="https://shop.example/a,b.png" srcset="https://shop.example/a,b.png 1x, https://shop.example/b.png 2x" alt="on sale = url(http://)">',
    '<b style="background:#ffffff url(\'https://shop.example/a.png\') no-repeat">x</b>',
    '<b style="background:#ffffff url({{link signer.photo}})">x</b>',
    '<b title="a <b> onclick= on" data-on="1">x</b>',
    '<b class="a"{{#if order}} title="b"{{/if}}>x</b>',
    '<ol {{#if order}}reversed{{/if}} class=a><li>x</li></ol>',
    '<style>b::before { content: "\\201C"; scroll-behavior: auto }</style>',
  ])('has nothing against %j', async (text) => {
    expect(await refusalsOf(text)).toBe('');
  });
});
