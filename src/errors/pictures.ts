/** What is wrong with a picture, or with the way to it. */
import { type CatalogueEntry, FORMAT } from './entry.ts';

const DOWNLOAD = {
  status: 400,
  code: 'InvalidParameter.InputDownloadFailed',
  message: 'Failed to download input files.',
} as const;

const SIZE = {
  status: 400,
  code: 'InvalidImage.ImageSize',
  message: 'The size of image is beyond limit.',
} as const;

export const PICTURE_ERRORS = {
  'download.unreachable': {
    ...DOWNLOAD,
    when: 'The address is refused, has no DNS entry, or does not answer. All three have one token, so that nobody can scan ports with the service.',
    advice: 'Use a public address. The operator can allow named targets with LPD_DOWNLOAD_ALLOW.',
  },
  'download.no_host': {
    ...DOWNLOAD,
    when: 'The address names a host that does not exist, or that nobody can be asked about.',
    only: 'command line',
    advice: 'Check the spelling and your connection.',
  },
  'download.refused': {
    ...DOWNLOAD,
    when: 'The address is not one of a public web server.',
    only: 'command line',
    advice: 'Use the address of a public web server.',
  },
  'download.http_status': {
    ...DOWNLOAD,
    when: "The picture's server answered with a status other than 200 or 201, or with a part of the file (206).",
    advice: 'Open the URL in a private browser window: it must show the picture without a login.',
  },
  'download.redirects': {
    ...DOWNLOAD,
    when: 'More than 5 redirects, or one that leads nowhere.',
    advice: 'Send the final address of the picture.',
  },
  'download.encoded': {
    ...DOWNLOAD,
    when: "The picture's server used a Content-Encoding that cannot be undone: one other than gzip, deflate and br, more than two of them, or broken data.",
    advice: 'Serve pictures without Content-Encoding.',
  },
  'download.cut_off': {
    ...DOWNLOAD,
    when: 'The connection broke, or ended before the announced length.',
    advice: 'Try again. If it happens again, check the server of the picture.',
  },
  'download.timeout': {
    ...DOWNLOAD,
    when: 'The picture did not arrive in time, or its server was slower than allowed.',
    advice: 'Put the picture on a faster server.',
  },
  'download.too_large': {
    ...SIZE,
    when: 'The download has 10 MiB or more, or its server announces as much.',
    advice: 'Save the picture as a file of less than 10 MiB.',
  },
  'download.not_image': {
    ...FORMAT,
    when: 'The address answered with a web page, an XML or a JSON document instead of a picture: an error, a login, or the page around the picture.',
    advice: 'Open the URL in a private browser window: it must show the picture alone.',
  },
  'image.bytes': {
    ...SIZE,
    when: 'The file has 10 MiB or more.',
    advice: 'Save the picture as a file of less than 10 MiB.',
  },
  'image.empty': {
    ...FORMAT,
    when: 'The file is empty: it has no bytes.',
    advice: 'Check how the file was made and sent. curl needs --data-binary @file.',
  },
  'image.unsupported': {
    ...FORMAT,
    when: 'The file is not a JPEG, PNG, BMP or WebP. Its content decides, not its name.',
    advice: 'Convert the picture to JPEG, PNG, BMP or WebP.',
  },
  'image.corrupt': {
    ...FORMAT,
    when: 'The file is damaged or cut off, or uses a feature of its format that cannot be read.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'image.too_complex': {
    ...FORMAT,
    when: 'Decoding the file would take many times longer than an ordinary picture of its format and size.',
    advice: 'Open the picture in an editor and save it again.',
  },
  'image.edge': {
    ...SIZE,
    when: 'The longest side is over 4096 pixels.',
    advice: 'Scale the picture down.',
  },
  'image.aspect': {
    ...SIZE,
    when: 'The long side is more than twice the short side.',
    advice: 'Crop the picture around the face.',
  },
} as const satisfies Record<string, CatalogueEntry>;
