/** What the fields of the API are, in Chinese, by their English descriptions; the schemas have those. */
import { LIMITS, type LimitDefinition } from '../../core/checks/limits.ts';
import { PRESET_NAMES } from '../../core/checks/presets.ts';
import { LIMITS_IN_CHINESE } from '../../core/words/zh-cn/limits.ts';
import { describeLimit } from '../../wire/inspect-request.ts';

const UNITS: Readonly<Record<string, string>> = {
  bytes: '单位字节',
  degrees: '单位度',
  faces: '张数',
  luma: '亮度，0 到 1',
  probability: '概率，0 到 1',
  px: '单位像素',
  ratio: '比值',
  score: '分数，0 到 1',
  share: '比例',
};

const limits = Object.entries(LIMITS_IN_CHINESE).map(([name, { meaning }]) => {
  const limit: LimitDefinition = LIMITS[name as keyof typeof LIMITS];
  return [
    describeLimit(limit),
    `${meaning}${UNITS[limit.unit] ?? limit.unit}；默认 ${limit.default}。`,
  ] as const;
});

/** Chinese by English. */
export const FIELDS_IN_CHINESE: ReadonlyMap<string, string> = new Map([
  ...limits,
  ...Object.entries({
    '"enable" lets image_url be the oss:// address of an upload.':
      '"enable" 表示 image_url 可以是已上传图片的 oss:// 地址。',
    '"enable" is refused: the call is synchronous.': '"enable" 会被拒绝：本接口是同步的。',
    'Address of the picture, http:// or https://.': '图片地址，http:// 或 https://。',
    'emo-detect-v1; emoji-detect-v1 has 1:1 only.': '用于 emo-detect-v1；emoji-detect-v1 只有 1:1。',
    'As the model has it.': '以该模型的格式为准。',
    'liveportrait-detect': 'liveportrait-detect',
    'Empty for a pass; why it failed is in the header x-reason.':
      '通过时为空；不通过的原因在响应头 x-reason 里。',
    'emo-detect-v1, passed': 'emo-detect-v1，通过',
    'x1, y1, x2, y2, in pixels of the picture.': 'x1、y1、x2、y2，单位是图片的像素。',
    'emoji-detect-v1, passed': 'emoji-detect-v1，通过',
    'wan2.2-s2v-detect, passed': 'wan2.2-s2v-detect，通过',
    'emo-detect-v1, wan2.2-s2v-detect, refused': 'emo-detect-v1、wan2.2-s2v-detect，不通过',
    'animate-anyone-detect-gen2, passed': 'animate-anyone-detect-gen2，通过',
    'animate-anyone-detect-gen2, refused': 'animate-anyone-detect-gen2，不通过',
    'emoji-detect-v1, refused': 'emoji-detect-v1，不通过',
    'The same as request_id in a body of JSON.': '与 JSON 里的 request_id 相同。',
    'Why the picture does not pass, a token; missing where it does.':
      '图片不通过的原因标识；通过时没有这个响应头。',
    "Adds the picture with the faces, the head's axes and LivePortrait's crop drawn in.":
      '同时返回标注图：画出人脸、头部朝向和 LivePortrait 的裁剪框。',
    '"enable" lets url be the oss:// address of an upload.':
      '"enable" 表示 url 可以是已上传图片的 oss:// 地址。',
    'The language of the advice, and of the message of an error: en or zh-CN.':
      '建议和错误信息的语言：en 或 zh-CN。',
    'The language of the message of an error: en or zh-CN.': '错误信息的语言：en 或 zh-CN。',
    "Limits that differ from the service's own, for this picture.":
      '只用于这张图片的阈值，与服务自己的不同。',
    'Advisory checks that fail the picture too.': '哪些提示性检查也会让图片不通过。',
    'The generator that the picture is for, whose limits the others override; see docs/presets.md.':
      '图片给哪个生成模型用；先取它的阈值，再用其余各项覆盖，见 docs/presets.md。',
    'The file in base64, or as a data URI.': '图片文件，base64 或 data URI。',
    'A policy as JSON.': '阈值配置，JSON 格式。',
    'As stored, in pixels.': '文件里存储的尺寸，单位像素。',
    'EXIF orientation; 1 is upright.': 'EXIF 方向；1 表示正立。',
    'More than one frame; the first is judged.': '是否不止一帧；只检测第一帧。',
    'Bytes missing at the end of the file, where none of its pixels are.':
      '文件末尾缺少的字节数；那里没有像素数据。',
    'The largest first.': '最大的在前。',
    'The face that LivePortrait would take.': 'LivePortrait 会选用的那张脸。',
    'Which of the faces it is.': '它在人脸列表里的序号。',
    '468 points as x, y, z.': '468 个点，依次为 x、y、z。',
    "Degrees; positive: the head turns to the picture's right.": '单位度；正值表示头转向画面右侧。',
    'Degrees; positive: the head looks up.': '单位度；正值表示抬头。',
    'Degrees; positive: the head leans clockwise.': '单位度；正值表示头顺时针倾斜。',
    'Pixels.': '单位像素。',
    "Width of the face at LivePortrait's working size, in pixels.":
      '按 LivePortrait 的处理尺寸计算的人脸宽度，单位像素。',
    "Luma of the face's darker half over that of the brighter.": '人脸较暗一半与较亮一半的亮度之比。',
    'Mean luma right around the face.': '紧挨人脸四周的平均亮度。',
    'What is seen at each region, as shares that add up to 1.': '每个区域里看到的是什么，各项比例之和为 1。',
    'Of hands and necks.': '手和脖子的皮肤。',
    'Skin of faces.': '脸上的皮肤。',
    'What covers the face, and which regions; null where none is likely to be covered.':
      '遮挡人脸的是什么、挡住哪些区域；没有可能被遮挡的区域时为 null。',
    'What is not seen clearly is an object; a mask is cloth.': '看不清的算 object；口罩算 cloth。',
    'Where it covers the face: outlines of at most 48 corners, each as x and y in turns, in pixels of the upright picture, to be filled by the even-odd rule.':
      '遮挡人脸的位置：若干轮廓，每个最多 48 个顶点，x、y 交替，单位是转正后图片的像素，按奇偶规则填充。',
    'The largest body, where the policy asks for a check of it.':
      '最大的人体；只有阈值配置要求检查人体时才有。',
    'The value is a probability so near its limit that the outcome is not sure.':
      '这个值是概率，而且离阈值很近，结果不确定。',
    'Never fails a picture by itself.': '单凭这一项不会让图片不通过。',
    'The first failing reason, as in the header x-reason; null for a pass.':
      '第一个不通过的原因，与响应头 x-reason 相同；通过时为 null。',
    'The square that LivePortrait would cut out, turned clockwise by the angle in degrees.':
      'LivePortrait 会裁出的正方形，按 angle（度）顺时针旋转。',
    'How good the picture is beside others; no verdict depends on it. Null without a face.':
      '这张图片与其他图片相比有多好；不影响是否通过。没有人脸时为 null。',
    'In tenths; higher is better.': '精确到十分位；越高越好。',
    'What the score is made of: 0 (bad) to 1 (good) each.': '质量分的各个组成部分，每项 0（差）到 1（好）。',
    'A human face: 1 from a probability of 95 % on, 0 from 40 % down.':
      '是人脸：概率 95 % 及以上为 1，40 % 及以下为 0。',
    'The head faces the camera: 1 without turn or tilt, 0 at 60° to the side, 45° up or down, or surely in profile.':
      '正脸：没有转头和俯仰时为 1；侧转 60°、抬头或低头 45°，或者确定是侧脸时为 0。',
    'Nothing is before the face or on it: 1 less the probabilities that something is, at all and by region; and less where 5 % to 25 % of a cheek or the mouth look like a hand.':
      '脸上和脸前没有东西：1 减去整体和各区域被遮挡的概率；脸颊或嘴有 5 % 到 25 % 像手时再降低。',
    'The frame cuts nothing off: 1 with all of the face inside, 0 with 20 % of it outside, or surely cut.':
      '没有被画面边缘截断：整张脸都在画面内为 1；有 20 % 在画面外，或者确定被截断时为 0。',
    'The face is sharp: 1 from a sharpness of 0.6 on, 0 from 0.3 down.':
      '人脸清晰：清晰度 0.6 及以上为 1，0.3 及以下为 0。',
    "The face is large: 1 from 144 px at LivePortrait's size and 18 % of the long edge on, 0 from 40 px or 8 % down.":
      '人脸够大：按 LivePortrait 的尺寸达到 144 像素、并占长边 18 % 及以上为 1；40 像素或 8 % 及以下为 0。',
    'The head leans to neither side: 1 upright, 0 from 60° on.': '头不歪：正立为 1，歪 60° 及以上为 0。',
    'Both eyes are open and seen: 1 from 22 % of their width on, 0 from 8 % down, or where they are covered.':
      '双眼睁开且可见：睁开达到眼宽的 22 % 为 1；8 % 及以下，或者被遮挡时为 0。',
    'The mouth is closed and seen: 1 up to a gap of 3 % of its width, 0 from 40 % on, or where it is covered.':
      '嘴闭合且可见：间隙不超过嘴宽的 3 % 为 1；40 % 及以上，或者被遮挡时为 0。',
    'The light is good: 1 where it is enough, and not too much, neither flat nor from one side nor from behind.':
      '光线好：亮度足够又不过亮，不平淡，也不是侧光或逆光时为 1。',
    "No other face is near: 1 less the area of others in LivePortrait's square over that of the face.":
      '附近没有别的脸：1 减去 LivePortrait 裁剪框内其他人脸与这张脸的面积之比。',
    'The annotated picture as a data URI, if asked for.': '标注图，data URI；请求了才有。',
    'The language of the advice.': '建议的语言。',
    'The language of the message.': '错误信息的语言。',
    'The face to crop to, from 1 in the order of `faces`, the largest first.':
      '裁剪到哪张脸：从 1 数起，顺序同 faces，最大的在前。',
    'Whether there is a picture that passes now.': '现在是否有能通过的图片。',
    'Why no passing picture could be made: a token as in the header x-reason; null where one was.':
      '为什么得不到能通过的图片：原因标识，与响应头 x-reason 相同；得到了则为 null。',
    'What can be done where it cannot be repaired.': '无法修复时可以怎么做。',
    'What was done; nothing where nothing had to be.': '做了什么；本来就不用改时为空。',
    'What was done and why, in a sentence.': '做了什么、为什么，一句话。',
    'The faces of the given picture, the largest first.': '原图里的人脸，最大的在前。',
    'Why the given picture was refused before anyone looked for a face.':
      '原图在检测人脸之前就被拒绝的原因。',
    'The inspection of the given picture; null where it was refused.':
      '原图的检测结果；原图被拒绝时为 null。',
    'The inspection of the picture that passes.': '修复后能通过的图片的检测结果。',
    'The picture that passes, as a data URI.': '修复后能通过的图片，data URI。',
    'Why no passing picture could be made, a token; missing where one was.':
      '为什么得不到能通过的图片：原因标识；得到了就没有这个响应头。',
    'What was done, separated by commas: convert, turn, orient, crop, scale, compress.':
      '做了什么，用逗号分隔：convert、turn、orient、crop、scale、compress。',
    [`The generator that the pictures are for: ${PRESET_NAMES.join(', ')}.`]: `图片给哪个生成模型用：${PRESET_NAMES.join('、')}。`,
    'Items that have their result.': '已有结果的条目数。',
    'How many failed or could not be inspected, by token.': '不通过或无法检测的数量，按原因标识统计。',
    'The generator that the pictures are for.': '图片给哪个生成模型用。',
    [`The generator that the picture is for: ${PRESET_NAMES.join(', ')}. A policy's own "for" goes before it.`]: `图片给哪个生成模型用：${PRESET_NAMES.join('、')}。策略里的 "for" 优先。`,
    'What the webhook is signed with. It is shown only here.': 'webhook 签名用的密钥，只在这里返回一次。',
    'The path of the job.': '任务的路径。',
    'As `POST /v1/jobs` answered it.': 'POST /v1/jobs 返回的 id。',
    'The `cursor` of the last line that you have.': '已收到的最后一行的 cursor。',
    'How long to wait for further results as they come, in seconds; it ends sooner when the job does.':
      '最多等待新结果多少秒；任务结束时提前返回。',
    "The job's state when the answer began.": '开始返回时任务的状态。',
    'Any; an upload is good for all models.': '任意模型；上传的图片所有模型都能用。',
    'upload_dir, a slash, and the name of the file.': 'upload_dir、斜杠，再加文件名。',
  }),
]);
