"""Image, compose file, manifests and unit: each is valid, they agree with each other and with the program."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from app.cli.serve import LONGEST_STOP_S
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
OLDEST, NEWEST = "1.30.0", "1.35.0"


def manifest(name):
    return yaml.safe_load((DEPLOY / "kubernetes" / f"{name}.yaml").read_text("utf-8"))


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def unit():
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string((DEPLOY / "refrain.service").read_text("utf-8"))
    return read


def instructions():
    """The Dockerfile's lines, continued ones joined."""
    joined = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def pod():
    return manifest("deployment")["spec"]["template"]["spec"]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.stem)
def test_a_manifest_is_what_kubernetes_accepts(file, version):
    kubernetes_validate.validate(yaml.safe_load(file.read_text("utf-8")), version, strict=True)


def test_a_field_misspelt_in_a_manifest_would_be_refused():
    wrong = manifest("deployment")
    wrong["spec"]["replica"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, OLDEST, strict=True)


def test_the_dockerfile_passes_the_linter():
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_everything_that_selects_pods_selects_those_of_the_deployment():
    labels = manifest("deployment")["spec"]["template"]["metadata"]["labels"]
    assert manifest("deployment")["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert manifest("service")["spec"]["selector"].items() <= labels.items()
    assert manifest("networkpolicy")["spec"]["podSelector"]["matchLabels"].items() <= labels.items()
    assert manifest("poddisruptionbudget")["spec"]["selector"]["matchLabels"].items() <= labels.items()


def test_the_names_that_one_manifest_has_of_another_are_there():
    [container] = pod()["containers"]
    sources = [next(iter(source.items())) for source in container["envFrom"]]
    kinds = {"configMapRef": manifest("configmap"), "secretRef": manifest("secret.example")}
    assert [named["name"] for _, named in sources] == [kinds[kind]["metadata"]["name"] for kind, _ in sources]
    [port] = container["ports"]
    [served] = manifest("service")["spec"]["ports"]
    assert served["targetPort"] == port["name"]
    assert manifest("networkpolicy")["spec"]["ingress"][0]["ports"][0]["port"] == port["containerPort"]
    probed = {container[f"{probe}Probe"]["httpGet"]["port"] for probe in ("startup", "readiness", "liveness")}
    assert probed == {port["name"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod()["volumes"]}


def test_every_setting_that_a_file_names_is_one():
    known = {f"REFRAIN_{field.upper()}" for field in Settings.model_fields}
    named = {*manifest("configmap")["data"], *manifest("secret.example")["stringData"]}
    named |= {name for service in compose()["services"].values() for name in service.get("environment", {})}
    named |= {part.partition("=")[0] for part in unit_words("Environment")}
    named |= {part.partition("=")[0] for line in instructions() if line.startswith("ENV") for part in line.split()[1:]}
    named = {name for name in named if name.startswith("REFRAIN_")}
    assert len(named) > 6
    assert named <= known


def unit_words(name):
    lines = (DEPLOY / "refrain.service").read_text("utf-8").splitlines()
    return [word for line in lines if line.startswith(f"{name}=") for word in line.partition("=")[2].split()]


def test_every_stop_is_given_longer_than_it_may_take():
    """Longest drain that a file sets, and what a stop may take after it."""
    drains = [float(manifest("configmap")["data"]["REFRAIN_DRAIN_S"])]
    drains += [
        float(word.partition("=")[2]) for word in unit_words("Environment") if word.startswith("REFRAIN_DRAIN_S")
    ]
    needed = max(drains) + LONGEST_STOP_S
    assert pod()["terminationGracePeriodSeconds"] >= needed
    assert float(unit()["Service"]["TimeoutStopSec"]) >= needed
    for name in ("serve", "work"):
        assert float(compose()["services"][name]["stop_grace_period"].removesuffix("s")) >= needed
    assert "STOPSIGNAL SIGTERM" in instructions()


def test_nothing_runs_as_root_or_writes_to_the_image():
    [container] = pod()["containers"]
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert pod()["automountServiceAccountToken"] is False
    for name in ("serve", "work"):
        service = compose()["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    [user] = [line.split()[1] for line in instructions() if line.startswith("USER")]
    assert int(user.partition(":")[0]) == pod()["securityContext"]["runAsUser"] != 0


def test_packages_are_fetched_before_the_sources_come_and_by_their_hashes():
    stages = "\n".join(instructions()).split("FROM ")
    fetching = [stage for stage in stages if "pip install" in stage]
    assert len(fetching) == 3
    for stage in fetching:
        before, _, after = stage.partition("COPY app app")
        assert "requirements/" in before
        assert "-r " not in after
    networked = [part for line in instructions() for part in line.split("&&") if "pip install" in part]
    assert all("--require-hashes" in part or "--no-index" in part for part in networked)
    assert "pip" not in stages[-1].replace("apt", "")
    assert all(":latest" not in line for line in instructions())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here to be asked")
def test_systemd_accepts_the_unit(tmp_path):
    text = (DEPLOY / "refrain.service").read_text("utf-8").replace("/srv/refrain/.venv/bin/refrain", sys.executable)
    copy = tmp_path / "refrain.service"
    copy.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "refrain.service" in line] == []
