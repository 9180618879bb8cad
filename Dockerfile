# One image: serve, migrate, reindex. The model is prepared while the image is built; torch is not in it.
# Packages are installed before the source is copied, so that a change of the source fetches nothing anew.

FROM python:3.11-slim AS packages
WORKDIR /src
RUN python -m venv /venv
COPY requirements requirements
RUN /venv/bin/pip install --no-cache-dir --no-deps -r requirements/serving.lock

FROM packages AS model
RUN /venv/bin/pip install --no-cache-dir --no-deps -r requirements/setup.lock
COPY index index
RUN /venv/bin/python -m index.embedders.preparation.prepare /models

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home refrain \
 && mkdir /data && chown refrain /data
COPY --from=packages /venv /venv
COPY --from=model /models /models
WORKDIR /srv/refrain
COPY pyproject.toml README.md LICENSE THIRD_PARTY_NOTICES.md ./
COPY requirements requirements
COPY app app
COPY index index
COPY migrations migrations
COPY sample sample
RUN /venv/bin/pip install --no-cache-dir --no-deps --editable .
ENV PATH=/venv/bin:$PATH \
    REFRAIN_DATA_DIR=/data \
    REFRAIN_MODEL_DIR=/models \
    REFRAIN_HOST=0.0.0.0
USER refrain
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["refrain"]
CMD ["serve"]
