/** What is wrong between a client and a service, in one sentence each. */
export const CLIENT_DETAILS = {
  fromZero: '{name} is a number from 0.',
  notUrl: 'The address of the service is not a URL, such as http://127.0.0.1:8080.',
  notWeb: 'The address of the service begins with https:// or http://, and has no user in it.',
  keyLetters: 'The key holds blanks, or letters that no key has.',
  notPicture: 'A picture is given as its address, as a Blob or File, or as bytes.',
  item: 'An item is an address, or an object with its address as "url".',
  late: 'The service has not answered within {ms} ms.',
  redirect: 'The answer has status {status}, a redirect, which is not followed.',
  status: 'The answer has status {status}.',
  foreign: 'The answer is not what the service answers.',
  longAnswer: 'The answer is longer than {most} bytes, and was read no further.',
  unreachable: 'The service at {address} cannot be reached.',
  noJob: 'This is not the id of a job.',
} as const;
