import com.alibaba.dashscope.api.GeneralApi;
import com.alibaba.dashscope.base.HalfDuplexServiceParam;
import com.alibaba.dashscope.common.DashScopeResult;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.exception.InputRequiredException;
import com.alibaba.dashscope.protocol.ApiServiceOption;
import com.alibaba.dashscope.utils.JsonUtils;
import com.alibaba.dashscope.utils.OSSUtils;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Map;
import lombok.experimental.SuperBuilder;

/** What programs do with the vendor's SDK, unmodified; each argument is an address or a path, "workspace=…" goes before. */
public class Client {
  @SuperBuilder
  static class Param extends HalfDuplexServiceParam {
    String imageUrl;

    @Override
    public Object getInput() {
      return Map.of("image_url", imageUrl);
    }

    @Override
    public JsonObject getHttpBody() {
      JsonObject body = new JsonObject();
      body.addProperty("model", getModel());
      body.add("input", JsonUtils.toJsonObject(getInput()));
      body.add("parameters", JsonUtils.parametersToJsonObject(getParameters()));
      return body;
    }

    @Override
    public ByteBuffer getBinaryData() {
      return null;
    }

    @Override
    public void validate() throws InputRequiredException {}
  }

  static JsonObject detect(String imageUrl, String workspace) {
    JsonObject seen = new JsonObject();
    ApiServiceOption option =
        ApiServiceOption.builder().taskGroup("aigc").task("image2video").function("face-detect").build();
    Param.ParamBuilder<?, ?> param = Param.builder().model("liveportrait-detect").imageUrl(imageUrl);
    if (imageUrl.startsWith("oss://")) param.header("X-DashScope-OssResourceResolve", "enable");
    if (!workspace.isEmpty()) param.workspace(workspace);
    try {
      DashScopeResult result = new GeneralApi<Param>().call(param.build(), option);
      seen.add("output", JsonUtils.toJsonElement(result.getOutput()));
      seen.addProperty("request_id", result.getRequestId());
    } catch (ApiException error) {
      seen.addProperty("status", error.getStatus().getStatusCode());
      seen.addProperty("code", error.getStatus().getCode());
      seen.addProperty("message", error.getStatus().getMessage());
      seen.addProperty("request_id", error.getStatus().getRequestId());
    } catch (Exception error) {
      seen.addProperty("error", error.toString());
    }
    return seen;
  }

  static String uploaded(String picture) throws Exception {
    return picture.startsWith("/") ? OSSUtils.upload("liveportrait", picture, null) : picture;
  }

  public static void main(String[] pictures) throws Exception {
    JsonArray all = new JsonArray();
    String workspace = "";
    for (String picture : pictures) {
      if (picture.startsWith("workspace=")) workspace = picture.substring("workspace=".length());
      else all.add(detect(uploaded(picture), workspace));
    }
    System.out.println(all);
    // Its threads would keep the process for a minute.
    System.exit(0);
  }
}
