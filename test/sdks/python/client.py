"""What programs do with the vendor's SDK, unmodified: the steps of argv[1] (JSON), and what came of each, as JSON."""

import asyncio
import json
import sys

from dashscope import Generation
from dashscope.client.base_api import BaseAioApi, BaseApi
from dashscope.utils.oss_utils import OssUtils, check_and_upload_local

MODEL = "liveportrait-detect"


def call(api, image_url, model=MODEL, input=None, **options):
    return api.call(
        model=model,
        input={"image_url": image_url} if input is None else input,
        task_group="aigc",
        task="image2video",
        function="face-detect",
        **options,
    )


def seen(answer):
    return {
        "status": answer.status_code,
        "code": answer.code,
        "message": answer.message,
        "request_id": answer.request_id,
        "output": answer.output,
        "usage": answer.usage,
    }


def detect(image_url=None, **options):
    return seen(call(BaseApi, image_url, **options))


def detect_asyncio(image_urls):
    async def all_of_them():
        return await asyncio.gather(*[call(BaseAioApi, each) for each in image_urls])

    return [seen(answer) for answer in asyncio.run(all_of_them())]


def upload_and_detect(path, model="liveportrait", **options):
    """As the SDK's own calls do it: a local file goes up first, and the call says that its address is to be resolved."""
    uploaded, address, _ = (*check_and_upload_local(model, path, None), None)[:3]
    headers = {"X-DashScope-OssResourceResolve": "enable"} if uploaded else {}
    return {"address": address, **detect(address, headers=headers, **options)}


def upload_twice(path):
    """With one certificate for several files, which only some releases can."""
    try:
        first, certificate = OssUtils.upload("liveportrait", path)
        OssUtils.upload("liveportrait", path, upload_certificate=certificate)
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
    return {"address": first}


def generate(prompt):
    """Another of the vendor's calls, on the same base URL: at once, and event by event."""
    at_once = Generation.call(model="qwen-plus", prompt=prompt)
    events = Generation.call(model="qwen-plus", prompt=prompt, stream=True)
    return {"text": at_once.output.text, "events": [each.output.text for each in events]}


def tried(step, name, arguments):
    try:
        return step(**arguments)
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error), "step": name}


STEPS = {each.__name__: each for each in (detect, detect_asyncio, upload_and_detect, upload_twice, generate)}
print(json.dumps([tried(STEPS[name], name, arguments) for name, arguments in json.loads(sys.argv[1])]))
