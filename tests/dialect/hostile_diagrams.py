"""SVG that does more than draw: each must be refused."""

from __future__ import annotations

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(inside: str, attributes: str = "") -> str:
    """Write a drawing around something."""
    return f"{HEAD}{' ' if attributes else ''}{attributes}>{inside}</svg>"


INSIDE = [
    "<script>alert(1)</script>",
    '<script href="//evil.example/x.js"/>',
    "<script><![CDATA[alert(1)]]></script>",
    "<style>*{fill:url(//evil.example)}</style>",
    "<style>@import '//evil.example/x.css';</style>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>",
    "<g xmlns='http://www.w3.org/1999/xhtml'><script>1</script></g>",
    "<iframe xmlns='http://www.w3.org/1999/xhtml' src='//evil.example'/>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    "<a href='javascript:alert(1)'><rect width='9' height='9'/></a>",
    f"<a {XLINK} xlink:href='javascript:alert(1)'><text>x</text></a>",
    "<image href='https://evil.example/x.png'/>",
    f"<image {XLINK} xlink:href='data:image/svg+xml;base64,PHN2Zz4='/>",
    "<use href='#x'/>",
    "<use href='data:image/svg+xml,x#x'/>",
    "<use href='//evil.example/x.svg#x'/>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<set attributeName='onmouseover' to='alert(1)'/>",
    "<animateTransform onbegin='alert(1)'/>",
    "<rect onload='alert(1)'/>",
    "<rect onLoad='alert(1)'/>",
    "<rect onclick='alert(1)' width='9'/>",
    "<rect style='fill:url(//evil.example)'/>",
    "<rect class='x'/>",
    "<rect fill='url(https://evil.example/x#y)'/>",
    "<rect fill='url(#y)'/>",
    "<rect fill='&#117;rl(//evil.example)'/>",
    "<rect filter='url(#f)'/>",
    "<rect cursor='url(//evil.example/x.cur), auto'/>",
    "<rect clip-path='url(#c)'/>",
    "<rect mask='url(//evil.example#m)'/>",
    "<line marker-end='url(//evil.example/m.svg#m)'/>",
    "<line marker-end='url( #m )'/>",
    "<filter id='f'><feImage href='//evil.example/x.png'/></filter>",
    "<pattern id='p'><image href='//evil.example'/></pattern>",
    "<linearGradient href='//evil.example#g'/>",
    "<text font-family='x;behavior:url(//evil.example)'>x</text>",
    "<text transform='rotate(1) url(x)'>x</text>",
    "<path d='M0 0 url(//evil.example)'/>",
    "<g xml:base='//evil.example/'/>",
    "<discard/>",
    "<handler type='text/javascript'>alert(1)</handler>",
    "<video href='//evil.example/x.mp4'/>",
    "<audio src='//evil.example/x.mp3'/>",
    "<mpath href='#x'/>",
    "<switch><foreignObject/></switch>",
    "<svg/>",
    "<symbol id='x'/>",
    "<metadata><x xmlns='x'/></metadata>",
    "<?xml-stylesheet href='//evil.example/x.css'?>",
    "<g>" * 40 + "</g>" * 40,
    "<rect id='a b'/>",
    "<rect id='x' aria-labelledby='javascript:alert(1)'/>",
    "&nbsp;",
    "<g></svg>",
]
WHOLE = [
    '<?xml version="1.0" encoding="UTF-16"?>' + drawn(""),
    '<?xml version="1.0" encoding="ISO-2022-JP"?>' + drawn(""),
    '<?xml-stylesheet type="text/css" href="//evil.example/x.css"?>' + drawn(""),
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawn("<text>&x;</text>"),
    '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + drawn("<text>&b;</text>"),
    '<!DOCTYPE svg SYSTEM "//evil.example/x.dtd">' + drawn(""),
    "<!DOCTYPE html><html><script>alert(1)</script></html>",
    "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
    '<svg viewBox="0 0 9 9"><script>alert(1)</script></svg>',
    '<svg viewBox="0 0 9 9"/>',
    drawn("", "onload='alert(1)'"),
    drawn("", f"{XLINK}"),
    drawn("", "style='background:url(//evil.example)'"),
    drawn("", "xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'"),
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/><script/>',
    "<svg",
    "<?xml?>",
]
HOSTILE = [*(drawn(one) for one in INSIDE), *WHOLE]
"""As text; those of another encoding only say so."""
