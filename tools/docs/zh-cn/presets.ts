/** What makers say of their generators, and what is not judged, in Chinese: by the sentence of the preset. */
export const PRESETS_IN_CHINESE: Readonly<Record<string, string>> = {
  'It animates every face that it finds, and in real time the largest only.':
    '它会驱动找到的每一张脸，实时模式下只驱动最大的一张。',
  "We: the default is LivePortrait's own, which works on faces of 111 pixels; here the limit is 32, the lowest that the policy takes.":
    '我们：默认值是 LivePortrait 自己的，它按 111 像素的脸处理；这里取阈值允许的最小值 32。',
  'flag_do_crop is off by default: the whole picture is squeezed to 256 x 256. We: a square with a hundredth allowed for rounding.':
    'flag_do_crop 默认关闭：整张图压成 256 x 256。我们：正方形，取整误差留百分之一。',
  'Its own crop, where it is on, has a scale of 3.0, moved up by an eighth, 512 pixels.':
    '它自己的裁剪打开时，倍数是 3.0，上移八分之一，512 像素。',
  'Its default mode is for animals; people need animation_mode human.':
    '它默认是动物模式，人像要用 animation_mode human。',
  'An author: that the mouth is closed is the most important demand on the picture.':
    '一位作者：闭嘴是对图片最重要的要求。',
  'It looks at pictures of up to 1920 pixels, LivePortrait at 1280; our width of the face is taken at 1280.':
    '它处理的图片最大 1920 像素，LivePortrait 是 1280；我们的人脸宽度按 1280 计算。',
  "The crop's edge is four times the distance of the eyes, squeezed to 256: 64 pixels between the eyes. We: half of that, an enlargement of two.":
    '裁剪边长是两眼间距的四倍，压到 256，即两眼间距 64 像素。我们：取一半，放大两倍。',
  'It takes the first face that its detector gives, which is the one with the best score and not the largest.':
    '它取检测器给出的第一张脸，是得分最高的，不一定是最大的。',
  'With --size 512 the eyes need 64 pixels between them: set minEyeDistance to 64.':
    '用 --size 512 时两眼间距要 64 像素：把 minEyeDistance 设为 64。',
  'Only people who are real, or look so, are said to work (docs/best_practice.md); drawn faces pass here.':
    '官方说只适合真人或逼真的人像（docs/best_practice.md）；画的脸在这里会通过。',
  'A file must end in .jpg, .png or .jpeg in small letters: any other ending is opened as a video.':
    '文件必须以小写的 .jpg、.png 或 .jpeg 结尾，其他扩展名会当作视频打开。',
  'The face should make up 50 to 70 % of the picture. Whether of its width or its area is not said; here it is its width.':
    '人脸应占图片的 50 到 70 %。没说是宽度还是面积，这里按宽度。',
  'The face should make up 50 to 70 % of the picture.': '人脸应占图片的 50 到 70 %。',
  'The face should be facing forward, with a rotation angle of less than 30° (no side profiles).':
    '人脸应朝前，转动角度小于 30°（不能是侧脸）。',
  'The picture should be cropped into squares. We: with a hundredth allowed for rounding.':
    '图片应裁成正方形。我们：取整误差留百分之一。',
  'Two detectors look for the face, one for the largest and one for any: they need not mean the same one.':
    '有两个检测器，一个找最大的脸，一个找任意的脸，不一定是同一张。',
  'We: in a square of 1.67 faces the face spans 60 %, the middle of 50 and 70 %; the network works at 512 x 512.':
    '我们：在 1.67 个脸宽的正方形里，人脸占 60 %，是 50 和 70 % 的中间值；模型的处理尺寸是 512 x 512。',
  'Its crop is two faces wide at 512 x 512: a face of 256 pixels. We: half of that, an enlargement of two.':
    '它的裁剪是两个脸宽，512 x 512，即脸宽 256 像素。我们：取一半，放大两倍。',
  'The face with half of its size on every side, cut to a square, at 512 x 512.':
    '人脸四周各留半个脸的大小，裁成正方形，512 x 512。',
  'It needs a crop to the head (an author in issue 81), which fix makes; whole bodies do badly.':
    '需要裁到头部（作者在 issue 81 里说），fix 会裁；全身照效果差。',
  'The picture is squeezed to 768 x 768. We: a square with a hundredth allowed for rounding.':
    '图片压成 768 x 768。我们：正方形，取整误差留百分之一。',
  'It takes the first person of its pose detector, by score.': '它取姿态检测器里得分最高的第一个人。',
  'It wants half a body with both hands in view (README, issues 35 and 90): minHips of 0.3 asks for the hips, and hands are not looked for.':
    '它要半身、双手都入镜（README，issue 35 和 90）：minHips 设为 0.3 会要求胯部入镜，手不检查。',
  'The pose must be like that of the video that moves it (issues 35 and 36).':
    '姿势必须与驱动视频相近（issue 35 和 36）。',
  'It works on a face region of 256 x 256. We: half of that, an enlargement of two.':
    '它处理 256 x 256 的人脸区域。我们：取一半，放大两倍。',
  'One detector says whether there is a face, another finds its points in the whole picture: they need not mean the same one.':
    '一个检测器判断有没有脸，另一个在整张图里找关键点，不一定是同一张脸。',
  'Side faces were not in its training (an author in issue 66), and a head that leans much should be turned first (issue 45), without numbers: the default limits hold.':
    '训练数据里没有侧脸（作者在 issue 66 里说），头歪得多要先转正（issue 45），都没给数字，所以用默认阈值。',
  'The face is scaled to 96 x 96. We: half of that, an enlargement of two.':
    '人脸缩放到 96 x 96。我们：取一半，放大两倍。',
  'It takes the first face of its detector, by score.': '它取检测器里得分最高的第一张脸。',
  'In large pictures our own detector sees no face as small as 48 pixels.':
    '在大图里，我们的检测器看不到 48 像素这么小的脸。',
  'Results are often better at 720p than at 1080p (README).': '720p 的效果往往比 1080p 好（README）。',
  'Its crop is two faces wide with a short edge of 512: a face of 256 pixels. We: half of that, an enlargement of two.':
    '它的裁剪是两个脸宽，短边 512，即脸宽 256 像素。我们：取一半，放大两倍。',
  'It means the largest face, but never updates its maximum: of three or more it may take a smaller one.':
    '它本想取最大的脸，但从不更新最大值：有三张以上时可能取到较小的。',
  'The face with half of its size on every side, cut to a square; short edge 512.':
    '人脸四周各留半个脸的大小，裁成正方形，短边 512。',
  'Animals do badly (a user in issue 66), though statues and drawn people are among its samples.':
    '动物效果差（用户在 issue 66 里说），不过示例里有雕像和画的人。',
  "Its crop is 1.6 times the face's longer edge at 512: 320 pixels. We: half of that, an enlargement of two.":
    '它的裁剪是人脸较长边的 1.6 倍，512，即 320 像素。我们：取一半，放大两倍。',
  "A square of 1.6 times the face's longer edge, at 512.": '人脸较长边 1.6 倍的正方形，512。',
  'It was trained on frontal heads (README), without a number: the default limits hold.':
    '用正脸训练（README），没给数字，所以用默认阈值。',
  'The picture is squeezed to 512 x 512. We: a square with a hundredth allowed for rounding.':
    '图片压成 512 x 512。我们：正方形，取整误差留百分之一。',
  "The web application cuts a square of 1.5 times the longer edge of the face's mesh, at 512.":
    '网页应用裁出人脸网格较长边 1.5 倍的正方形，512。',
  'The face must be large (an author in issues 34 and 59), without a number.':
    '人脸要大（作者在 issue 34 和 59 里说），没给数字。',
  'The picture should be a square. We: with a hundredth allowed for rounding.':
    '图片应是正方形。我们：取整误差留百分之一。',
  'The picture should have 512 x 512 pixels or more.': '图片应有 512 x 512 像素或更多。',
  'The video that drives it should have a similar pose (README).': '驱动视频的姿势应相近（README）。',
  'How large the face should be is said by an example picture only; fix makes no crop for it.':
    '人脸该多大，只有一张示例图说明；fix 不为它裁剪。',
  'Faces narrower than 50 pixels are left out.': '宽度小于 50 像素的脸会被忽略。',
  'Faces lower than 80 pixels are left out.': '高度小于 80 像素的脸会被忽略。',
  'It was trained on faces of 256 pixels and more (preprocess/filter_high_resolution.py).':
    '用 256 像素以上的脸训练（preprocess/filter_high_resolution.py）。',
  'It takes videos: a picture has to be made one.': '它只接受视频，图片要先做成视频。',
  'In large pictures our own detector sees no face as small as 50 pixels.':
    '在大图里，我们的检测器看不到 50 像素这么小的脸。',
  'Its crop is 1.8 faces at 256 x 256: a face of 142 pixels. We: half of that, an enlargement of two.':
    '它的裁剪是 1.8 个脸宽，256 x 256，即脸宽 142 像素。我们：取一半，放大两倍。',
  'The picture should be larger than 256 x 256.': '图片应大于 256 x 256。',
  'It takes the first face that dlib gives.': '它取 dlib 给出的第一张脸。',
  'The face should look straight ahead and not be tilted (README), without a number: the default limits hold.':
    '人脸应正视前方、不倾斜（README），没给数字，所以用默认阈值。',
  'The picture is squeezed to 256 x 256. We: a square with a hundredth allowed for rounding.':
    '图片压成 256 x 256。我们：正方形，取整误差留百分之一。',
  'It moves the whole picture and looks for no face.': '它驱动整张图，不找人脸。',
  'It wants a tight crop like those that it was trained on (issue 4), without a number.':
    '它要像训练数据那样裁得很紧（issue 4），没给数字。',
  'Whole bodies are among its samples.': '示例里有全身照。',
  'With one voice a box has no effect (an author): others in the picture may talk too.':
    '只有一个声音时，框不起作用（作者说）：画面里的其他人也可能说话。',
  'It cuts the middle out of the picture, in the nearest of its own shapes: whether the face is inside is not judged.':
    '它按自己最接近的比例裁出图片中间部分，人脸是否在内不判断。',
  'With two voices it wants two people: set maxFaces to 2.': '有两个声音时要两个人：把 maxFaces 设为 2。',
  'It moves whole bodies too.': '它也驱动全身。',
  'It takes animals (its own sample is a cat); whether one will do cannot be said here, and it is refused.':
    '它接受动物（自带示例就是一只猫）；能不能用这里判断不了，会拒绝。',
  'The short edge has 400 pixels or more, the long one 7000 or fewer.': '短边至少 400 像素，长边最多 7000。',
  'A picture that is too dark is refused (InvalidFile.Value), without a number. We: our own limit of a dark face.':
    '过暗的图片会被拒绝（InvalidFile.Value），没给数字。我们：用自己的人脸过暗阈值。',
  'More than one person is refused (InvalidFile.MultiHuman).':
    '多于一个人会被拒绝（InvalidFile.MultiHuman）。',
  'It takes edges of up to 7000 pixels; a picture of more than 4096 is refused here.':
    '它接受的边长最大 7000 像素；超过 4096 的图片在这里会被拒绝。',
  'A person too large or too small in the picture is refused, without a number; for 3:4 half a body is wanted, which minHips of 0.3 asks for.':
    '人物过大或过小会被拒绝，没给数字；3:4 要半身，minHips 设为 0.3 就是这个要求。',
  'Its end was announced for 2026-10-10 (notice 118434).': '官方公告（118434 号）：2026-10-10 下线。',
  'Both edges have 400 to 7000 pixels.': '两条边都是 400 到 7000 像素。',
  'A hand near the face is enough to be refused, without a number. We: of 245 labelled usable portraits 3 have more, of 23 with a hand that does no harm 5.':
    '脸附近有手就会被拒绝，没给数字。我们：245 张已标注的可用人像里 3 张更多，23 张手不碍事的图片里 5 张更多。',
  'There is one person only.': '只能有一个人。',
  'The head is upright; one that leans much is refused, without a number. We: our own limit of a leaning head.':
    '头要端正；歪得多会被拒绝，没给数字。我们：用自己的歪头阈值。',
  'The expression is natural; an exaggerated one is refused, without a number. We: a mouth open as wide as in 1 of 100 portraits.':
    '表情要自然；夸张的会被拒绝，没给数字。我们：嘴张得像 100 张人像里最大的 1 张那样。',
  'A hand near the face is refused there; here, one that covers or touches it, and of the latter not all.':
    '官方会拒绝脸附近的手；这里只拒绝遮挡或碰到脸的手，后者也不是全部。',
  'A person with the whole face is wanted; nothing is said of how much of the picture it fills.':
    '要求人物露出整张脸，没说要占图片多少。',
  'The face is larger than 200 x 200 pixels.': '人脸大于 200 x 200 像素。',
  'There is one face only.': '只能有一张脸。',
  'It takes JPEG and PNG.': '它接受 JPEG 和 PNG。',
  'Real faces are recommended; rendered ones were refused (a user in its discussions).':
    '推荐真人的脸；三维渲染的曾被拒绝（讨论区一位用户说）。',
  'We: the picture that it shows is about two widths of the face.': '我们：它展示的图片大约是两个脸宽。',
  'It takes JPEG and PNG of up to 10 MB.': '它接受 10 MB 以内的 JPEG 和 PNG。',
  'Its answers name source_pose, mouth_open and mask_confidence; by which rule it refuses is not published.':
    '它的应答里有 source_pose、mouth_open 和 mask_confidence，拒绝的规则没有公布。',
};
