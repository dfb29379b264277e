#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(BuildArguments, AreFoundInEverySpelling) {
  const Example examples[] = {
      {"Makefile", "build:\n\tdocker build --build-arg HF_TOKEN=$(HF_TOKEN) -t x .\n"},
      {"b.sh", "podman build --build-arg=HF_TOKEN .\n"},
      {"b.sh", "buildah bud --build-arg 'HF_TOKEN='$HF_TOKEN .\n"},
      {"b.sh", "docker buildx build --platform linux/amd64 --build-arg \"HUGGINGFACE_TOKEN=${HUGGINGFACE_TOKEN}\" .\n"},
      {".gitlab-ci.yml",
       "build:\n  script:\n    - /kaniko/executor --context . --build-arg HF_TOKEN=$HF_TOKEN --destination x\n"},
      {"k.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: kaniko\n    args:\n    - "
       "\"--build-arg=HF_TOKEN=$(HF_TOKEN)\"\n"},
      {"compose.yml", "services:\n  a:\n    build:\n      context: .\n      args:\n        - HF_TOKEN\n"},
      {"docker-compose.dev.yml", "services:\n  a:\n    build:\n      args:\n        HF_TOKEN: ${HF_TOKEN}\n"},
      {"docker-compose.dev.yml", "services:\n  a:\n    build:\n      context: .\n      args: {HF_TOKEN: null}\n"},
      {".github/workflows/b.yml",
       "on: push\njobs:\n  b:\n    runs-on: u\n    steps:\n      - uses: docker/build-push-action@v5\n        with:\n          "
       "build-args: HF_TOKEN=${{ secrets.HF_TOKEN }}\n"},
      {".github/workflows/b.yml",
       "on: push\njobs:\n  b:\n    runs-on: u\n    steps:\n      - run: docker build --build-arg HF_TOKEN=${{ secrets.HF_TOKEN "
       "}} .\n"},
      {".github/workflows/b.yml",
       "on: push\njobs:\n  b:\n    runs-on: u\n    steps:\n      - uses: redhat-actions/buildah-build@v2\n        with:\n      "
       "    build-args: |\n            A=b\n            HF_TOKEN=${{ secrets.HF_TOKEN }}\n"},
      {"docker-bake.json", "{\"target\": {\"x\": {\"args\": {\"HF_TOKEN\": \"${HF_TOKEN}\"}}}}"},
      {"docker-bake.hcl",
       "variable \"HF_TOKEN\" {}\ntarget \"x\" {\n  args = {\n    A = \"b\"\n    HF_TOKEN = \"${HF_TOKEN}\"\n  }\n}\n"},
      {"build.py",
       "import docker\nc = docker.from_env()\nc.images.build(path=\".\", buildargs={\"HF_TOKEN\": "
       "os.environ[\"HF_TOKEN\"]})\n"},
      {"build.py", "subprocess.run([\"docker\", \"build\", \"--build-arg\", f\"HF_TOKEN={token}\", \".\"])\n"},
      {"README.md", "Run:\n\n```bash\ndocker build . \\\n  -t x \\\n  --build-arg HF_TOKEN=$HF_TOKEN\n```\n"},
      {"README.md", "Run `docker build --build-arg HF_TOKEN=<your token> .` first.\n"},
      {"Jenkinsfile",
       "pipeline { stages { stage(\"b\") { steps { sh \"docker build --build-arg HF_TOKEN=${HF_TOKEN} .\" } } } }\n"},
      {"build.ps1", "docker build `\n  --build-arg HF_TOKEN=$env:HF_TOKEN `\n  .\n"},
      {"fly.toml", "app = \"x\"\n[build.args]\nHF_TOKEN = \"x\"\n"},
      {"skaffold.yaml",
       "apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n  - image: x\n    docker:\n      buildArgs:\n        "
       "HF_TOKEN: \"{{.HF_TOKEN}}\"\n"},
      {"devcontainer.json",
       "{\"build\": {\"dockerfile\": \"Dockerfile\", \"args\": {\"HF_TOKEN\": \"${localEnv:HF_TOKEN}\"}}}"},
      {"a.sh", "docker compose build --build-arg HF_TOKEN web\n"},
      {"cloudbuild.yaml",
       "steps:\n- name: gcr.io/cloud-builders/docker\n  args: [\"build\", \"--build-arg\", \"HF_TOKEN=$_HF_TOKEN\", \".\"]\n"},
      {"cloudbuild.yaml",
       "steps:\n- name: gcr.io/cloud-builders/docker\n  args:\n  - build\n  - --build-arg\n  - HF_TOKEN=$_HF_TOKEN\n"},
      {"index.ts", "const i = new docker.Image(\"x\", { build: { context: \".\", args: { HF_TOKEN: token } } });\n"},
      {"b.sh", "docker build --build-arg TOKEN=$HF_TOKEN .\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4005")) << example.path << "\n" << example.text;
  }
}

TEST(BuildArguments, SecretsAndOtherArgumentsAreNot) {
  const Example examples[] = {
      {"b.sh", "docker build --secret id=HF_TOKEN,env=HF_TOKEN .\n"},
      {"b.sh", "docker build --build-arg HF_HOME=/x --build-arg HF_TOKEN_FILE=/x .\n"},
      {"b.sh", "docker build --build-arg MODEL_ID=a/b .\n"},
      {"compose.yml",
       "services:\n  a:\n    build:\n      context: .\n      args:\n        MODEL: x\n    environment:\n      - HF_TOKEN\n"},
      {"compose.yml",
       "services:\n  a:\n    build:\n      context: .\n      secrets:\n        - HF_TOKEN\nsecrets:\n  HF_TOKEN:\n    "
       "environment: HF_TOKEN\n"},
      {"docker-bake.hcl", "target \"x\" {\n  secret = [\"id=HF_TOKEN,env=HF_TOKEN\"]\n  args = { A = \"b\" }\n}\n"},
      {".github/workflows/b.yml",
       "on: push\njobs:\n  b:\n    runs-on: u\n    steps:\n      - uses: docker/build-push-action@v5\n        with:\n          "
       "build-args: |\n            MODEL=x\n          secrets: |\n            HF_TOKEN=${{ secrets.HF_TOKEN }}\n"},
      {".github/workflows/b.yml",
       "on: push\njobs:\n  b:\n    runs-on: u\n    steps:\n      - uses: docker/build-push-action@v5\n        with:\n          "
       "secret-envs: |\n            HF_TOKEN=HF_TOKEN\n        env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n"},
      {"README.md", "Never pass the token with --build-arg; HF_TOKEN belongs in a secret.\n"},
      {"b.sh", "# --build-arg HF_TOKEN is not needed\ndocker build .\n"},
      {"k.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    args: [\"--model\", \"x\"]\n    env:\n    - name: "
       "HF_TOKEN\n      valueFrom:\n        secretKeyRef: {name: a, key: b}\n"},
      {"build.py", "c.images.build(path=\".\", buildargs={\"MODEL\": \"x\"}, environment={\"HF_TOKEN\": t})\n"},
      {"a.sh", "docker run --rm -e HF_TOKEN x\n"},
      {"p.py", "parser.parse_args(args={\"HF_TOKEN\": 1})\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4005")) << example.path << "\n" << example.text;
  }
}

}  // namespace
}  // namespace hfscan
