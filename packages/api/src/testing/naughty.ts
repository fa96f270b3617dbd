const repeated = (text: string, times: number): string => text.repeat(times);

/**
 * Texts that have broken other programs, by what they try. People may write every one of them: each is stored exactly as it was meant, or
 * refused with a sentence, and is never anything but text where it is shown.
 */
export const naughty: Readonly<Record<string, readonly string[]>> = {
  sql: [
    "'", "''", '"', "' OR '1'='1", "' OR 1=1 --", "'; DROP TABLE claims; --", '1; SELECT pg_sleep(10)', "') UNION SELECT password_hash FROM \"user\" --", "\\'; SELECT 1; --", '$$; SELECT 1; $$', '$1', ':name', '%', '_', '\\', '%%%', '\\%\\_',
    "x' || (SELECT current_user) || '", 'NULL', "'||chr(39)||'", '/* */', '-- x', "E'\\x27'", '{1,2}', "tenant_mk'--", "set_config('app.current_tenant_id','tenant_mk',true)",
  ],
  html: [
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", '</title><script>alert(1)</script>', '</textarea><script>alert(1)</script>', '<iframe src="javascript:alert(1)">',
    'javascript:alert(1)', '<a href="javascript:alert(1)">x</a>', '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>', '<!--<img src="--><img src=x onerror=alert(1)//">', '&lt;script&gt;', '&amp;', '&#x3C;script&#x3E;', '<b>bold</b>', '<style>*{display:none}</style>',
    '<base href="https://evil.test">', '<meta http-equiv="refresh" content="0;url=https://evil.test">', '</script><script>alert(1)</script>', '<details open ontoggle=alert(1)>', '" autofocus onfocus="alert(1)', '`${alert(1)}`', '<![CDATA[x]]>', ']]>',
  ],
  template: ['{{7*7}}', '${7*7}', '#{7*7}', '<%= 7*7 %>', '{% debug %}', '{name}', '{count, plural, one {x} other {y}}', "{name, select, a {'x'}}", '%s%n%x', '%d', '$(id)', '`id`', '| id', '; id', '&& id', '=1+1', '+1+1', '-1+1', '@SUM(1)', '=cmd|\' /C calc\'!A0', '../../etc/passwd', '..\\..\\x', 'file:///etc/passwd', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  letters: [
    'Ѓорѓи Ќирковски', 'Gëzim Çerkini', 'Đorđe Žižić', 'É', 'E\u0301', 'ﬁ', 'Å', 'İıŞş', 'ß', 'ẞ', 'ΣΣΣς', '𝒳𝓎𝓏', '👩‍👩‍👧‍👦', '🇽🇰', '🏳️‍🌈', '日本語', 'مرحبا', 'שלום', 'ไทย', 'Z̤̻͙̬a̧͈͖l̢͚̦g̞͓o̱', '\u202Egnp.exe', '\u2066x\u2069', '\uFEFFx', 'x\u200By', 'x\u00ADy', '\u00A0x\u00A0', '　x　', 'x\u2028y', 'x\u2029y', 'а\u0430a', '\u{10FFFF}', '\uFFFD',
  ],
  control: ['a\u0000b', '\u0000', 'a\u0001b', 'a\u001Bb', '\u001B[31mred', 'a\u0007b', 'a\bb', 'a\tb', 'a\nb', 'a\r\nb', 'a\rb', 'a\u007Fb', 'a\u0085b', '\uD800', 'a\uDC00b', 'x\r\nset-cookie: a=b', 'x\nBcc: evil@evil.test'],
  values: ['', ' ', '0', '-1', '1e309', 'NaN', 'Infinity', 'true', 'null', 'undefined', '[object Object]', '1,000.00', '9223372036854775808', '2026-02-30', '00/00/0000', '01a20a36-d5da-7677-afa8-b1868740f3cf', 'a@b', '"a b"@example.com', 'a@example.com\n', 'ａ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  long: [repeated('x', 500), repeated('ë', 5000), repeated('Ж', 20_000), repeated('a ', 1000), repeated('<b>', 300), repeated('👩‍👩‍👧‍👦', 200), repeated('(a+)+', 100), `${repeated('a', 60_000)}!`, repeated('%', 300), repeated("'", 300), repeated('\n', 500)],
};

/** All of them, class by class. */
export const naughtyTexts: readonly string[] = Object.values(naughty).flat();
