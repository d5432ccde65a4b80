# The service as an image: `docker build -t liveportrait-detect .`
# `deploy/try-image.sh` carries these very instructions out where there is no container engine.

# The compiled service and its page.
FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No package needs its install script, so none is run.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY examples examples
COPY web web
COPY tools/models tools/models
COPY tools/package tools/package
# onnxruntime is installed apart from the rest (tools/package/native).
RUN --mount=type=cache,target=/root/.npm npm run build
# onnxruntime for this platform alone.
COPY deploy/image/prune.js deploy/image/
RUN node deploy/image/prune.js

# What it needs at run time, for this platform alone.
FROM node:20-bookworm-slim AS modules
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY deploy/image/prune.js deploy/image/
RUN node deploy/image/prune.js

FROM node:20-bookworm-slim
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=8080
ENV LPD_METRICS_HOST=0.0.0.0
ENV LPD_METRICS_PORT=9090
ENV LPD_DATA_DIR=/data
# The one place that is written to, so that the root file system can be read-only.
RUN install -d -o 1000 -g 1000 -m 0700 /data
VOLUME /data
WORKDIR /app
COPY package.json LICENSE NOTICE ./
COPY bin bin
COPY examples examples
COPY deploy/image/healthcheck.js deploy/image/
COPY --from=modules /build/node_modules node_modules
COPY --from=build /build/dist dist
# The user "node" of the base image, as a number: Kubernetes cannot tell of a name that it is not root.
USER 1000:1000
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
# A replica that drains is healthy: what takes no more work says so at /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "deploy/image/healthcheck.js"]
ENTRYPOINT ["node", "/app/bin/liveportrait-detect.js"]
CMD ["serve"]
