/** How names of pictures end, also of formats that are refused: a folder's HEIC files are told about, not skipped. */
export const PICTURE_ENDINGS: ReadonlySet<string> = new Set(
  'jpg,jpeg,jpe,jfif,png,apng,bmp,dib,webp,gif,tif,tiff,heic,heif,avif,jxl,jp2,psd,svg,tga'.split(','),
);
