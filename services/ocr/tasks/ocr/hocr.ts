/** An hOCR document up to its pages; their boxes are in pixels, at the resolution that each page names. */
export const hocrHead = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title></title>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
<meta name="ocr-system" content="tesseract"/>
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word"/>
</head>
<body>
`
export const hocrEnd = '</body>\n</html>\n'

/**
 * The page of an hOCR document that was made for it alone, as one of many: with its number in the places of the first
 * page's, and without the name of the image that it was read from.
 */
export function hocrPage(hocr: string, page: number): string {
  const from = hocr.indexOf("<div class='ocr_page'")
  const body = from < 0 ? '' : hocr.slice(from, hocr.lastIndexOf('</div>') + '</div>'.length)
  return body
    .replace(/title='image "[^"]*"; /, "title='")
    .replace(/ppageno \d+/, `ppageno ${page - 1}`)
    .replaceAll(/ id='([a-z]+)_1(?=[_'])/g, ` id='$1_${page}`)
}
