#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(DockerEnv, AValueGivenToATokenVariableIsFound) {
  const Example examples[] = {
      {"docker/Dockerfile.gpu", "FROM x\nENV HF_TOKEN=abc123\n"},
      {"Containerfile", "FROM x\nENV HF_TOKEN=\"${HF_TOKEN}\"\n"},
      {"app.dockerfile", "FROM x\nARG TOK\nENV HUGGINGFACEHUB_API_TOKEN=${TOK:-none}\n"},
      {"Dockerfile-cuda", "FROM x\nenv A=b HF_TOKEN=$TOKEN C=d\n"},
      {"Dockerfile", "FROM x\nONBUILD ENV HF_API_KEY xyzzy\n"},
      {"README.md", "# a\n\n```dockerfile\nFROM x\nENV HF_TOKEN=${HF_TOKEN}\n```\n"},
      {"README.md", "# a\n\n```\nFROM x\nENV HF_TOKEN=${HF_TOKEN}\n```\n"},
      {"Dockerfile", "FROM x\nENV A=1 \\\n  # comment\n  B=2 \\\n  HUGGING_FACE_HUB_TOKEN=$HF\n"},
      {"Dockerfile", "FROM x\nENV HF_TOKEN=<TOKEN>\n"},
      {"docker-compose.yml",
       "services:\n  a:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM x\n        ENV HF_TOKEN=abc\n"},
      {"b.sh", "cat > Dockerfile <<EOF\nFROM x\nENV HF_TOKEN=$HF_TOKEN\nEOF\n"},
      {"b.sh", "docker build -t x - <<EOF\nFROM x\nENV HF_TOKEN=$HF_TOKEN\nEOF\n"},
      {"b.sh", "docker commit --change \"ENV HF_TOKEN=$HF_TOKEN\" c img\n"},
      {"b.sh", "buildah config --env HF_TOKEN=\"$HF_TOKEN\" $c\n"},
      {"Dockerfile", "# syntax=docker/dockerfile:1\nFROM a AS b\nARG HF_TOKEN\nENV HF_TOKEN=$HF_TOKEN\nFROM c\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4001")) << example.path << "\n" << example.text;
  }
}

TEST(DockerEnv, EmptyValuesOtherNamesAndCommentsAreNot) {
  const Example examples[] = {
      {"Dockerfile", "FROM x\nENV HF_TOKEN=''\n"},
      {"Dockerfile", "FROM x\n# ENV HF_TOKEN=abc\nENV A=b\n"},
      {"Dockerfile", "FROM x\nENV HF_TOKEN=\n"},
      {"Dockerfile", "FROM x\nENV HF_TOKEN_FILE=/run/secrets/t MAX_TOKENS=5\n"},
      {"Dockerfile", "FROM x\nENV HF_HUB_DISABLE_IMPLICIT_TOKEN=1\n"},
      {"Dockerfile", "FROM x\nENV HF_HOME=/hf TOKENIZERS_PARALLELISM=false\n"},
      {"Dockerfile", "FROM x\nENV DOCKER_HUB_TOKEN=x\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN hf download x/y\n"},
      {"README.md", "Do not put `ENV HF_TOKEN` into the image.\n"},
      {"Dockerfile", "FROM x\nLABEL a=\"ENV HF_TOKEN=abc\"\n"},
      {"Dockerfile", "FROM x\nRUN echo \"ENV HF_TOKEN=abc\"\n"},
      {"x.sh", "docker run -e HF_TOKEN img\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4001")) << example.path << "\n" << example.text;
  }
}

TEST(DockerArg, ADeclaredTokenIsFound) {
  const Example examples[] = {
      {"Dockerfile.prod", "ARG HF_TOKEN\nFROM x\n"},
      {"Containerfile.cpu", "FROM x\nARG HF_TOKEN=\"\"\n"},
      {"gpu.Dockerfile", "FROM x\nARG HUGGINGFACE_TOKEN=default\n"},
      {"Dockerfile", "FROM x\narg hf_token\n"},
      {"Dockerfile", "FROM x\nARG A=1 HF_API_TOKEN B\n"},
      {"Dockerfile", "FROM x\nARG HF_READ_TOKEN\n"},
      {"Dockerfile", "FROM x\nONBUILD ARG HF_TOKEN\n"},
      {"docs/a.md", "1. do:\n\n   ```Dockerfile\n   FROM x\n   ARG HF_TOKEN\n   ```\n"},
      {"Dockerfile", "FROM x\nARG A \\\n    HF_TOKEN\n"},
      {"Dockerfile.j2", "FROM x\nARG HF_TOKEN\n"},
      {"Dockerfile", "FROM x\r\nARG HF_TOKEN\r\nRUN x\r\n"},
      {"docs.rst", "Text\n\n.. code-block:: docker\n\n   FROM x\n   ARG HF_TOKEN\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4002")) << example.path << "\n" << example.text;
  }
}

TEST(DockerArg, OtherArgumentsAndSecretMountsAreNot) {
  const Example examples[] = {
      {"Dockerfile", "FROM x\nARG HF_TOKEN_PATH\n"},
      {"Dockerfile", "FROM x\nARG TOKENIZER\nARG HF_HOME=/a\n"},
      {"Dockerfile", "FROM x\n#ARG HF_TOKEN\n"},
      {"Dockerfile", "FROM x\nARG MODEL=hf_token/x\n"},
      {"Dockerfile", "FROM x\nARG PYTHON_VERSION=3.11\nARG GITHUB_TOKEN\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=hf_token cat /run/secrets/hf_token | wc -c\n"},
      {"Dockerfile", "FROM x\nARG HF_ENDPOINT=https://huggingface.co\n"},
      {"Dockerfile", "FROM x\nARG HF_HUB_ENABLE_HF_TRANSFER=1\n"},
      {"Dockerfile", "FROM x\nRUN echo ARG HF_TOKEN\n"},
      {"a.py", "ARG = 1\nHF_TOKEN = os.environ[\"HF_TOKEN\"]\n"},
      {"README.md", "The ARG HF_TOKEN instruction is unsafe.\n"},
      {"Dockerfile", "FROM x\nCMD [\"python\", \"x.py\", \"ARG\", \"HF_TOKEN\"]\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4002")) << example.path << "\n" << example.text;
  }
}

TEST(DockerLayer, AStepThatLeavesTheTokenOnDiskIsFound) {
  const Example examples[] = {
      {"Dockerfile", "FROM x\nRUN hf auth login --token $HF_TOKEN\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=hf huggingface-cli login --token $(cat /run/secrets/hf)\n"},
      {"Dockerfile", "FROM x\nARG HF_TOKEN\nRUN python -c \"from huggingface_hub import login; login(token='$HF_TOKEN')\"\n"},
      {"Dockerfile", "FROM x\nRUN python3 -c \"from huggingface_hub import HfFolder; HfFolder.save_token('$HF_TOKEN')\"\n"},
      {"Dockerfile", "FROM x\nRUN mkdir -p /root/.cache/huggingface && echo $HF_TOKEN > /root/.cache/huggingface/token\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=HF_TOKEN cp /run/secrets/HF_TOKEN /root/.cache/huggingface/token\n"},
      {"Dockerfile", "FROM x\nRUN printf \"machine huggingface.co\\nlogin u\\npassword %s\\n\" \"$HF_TOKEN\" >> ~/.netrc\n"},
      {"Dockerfile", "FROM x\nRUN git clone https://user:${HF_TOKEN}@huggingface.co/org/m /m\n"},
      {"Dockerfile",
       "FROM x\nRUN git config --global url.\"https://u:${HF_TOKEN}@huggingface.co/\".insteadOf \"https://huggingface.co/\"\n"},
      {"Dockerfile", "FROM x\nRUN echo \"HF_TOKEN=${HF_TOKEN}\" | tee -a /etc/environment\n"},
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=hf_token,env=HF_TOKEN <<EOF\npip install x\nhf auth login --token "
       "\"$HF_TOKEN\"\nEOF\n"},
      {"Dockerfile", "FROM x\nRUN [\"hf\", \"auth\", \"login\", \"--token\", \"x\"]\n"},
      {"Dockerfile", "FROM x\nRUN cat <<EOF > /app/.env\nHF_TOKEN=$HF_TOKEN\nEOF\n"},
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=hf_token TOKEN=$(cat /run/secrets/hf_token) && git clone "
       "https://me:$TOKEN@huggingface.co/a/b\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=hf_token,target=/tmp/t cat /tmp/t > /root/.hf_token\n"},
      {"Dockerfile", "FROM x\nRUN sed -i \"s/TOKEN/$HF_TOKEN/\" /app/config.yaml\n"},
      {"Dockerfile",
       "FROM x\nRUN pip install huggingface_hub && \\\n    huggingface-cli login --token ${HF_TOKEN} --add-to-git-credential "
       "&& \\\n    rm -rf /var/lib/apt/lists/*\n"},
      {"Dockerfile", "FROM x\nRUN echo \"export HF_TOKEN=$HF_TOKEN\" >> ~/.bashrc\n"},
      {"Dockerfile", "FROM x\nRUN sh -c \"echo $HF_TOKEN > /token\"\n"},
      {"Dockerfile", "FROM x\nSHELL [\"/bin/bash\",\"-c\"]\nRUN [\"bash\",\"-c\",\"echo $HF_TOKEN > /token\"]\n"},
      {"Dockerfile", "FROM x\nRUN python - <<EOF\nfrom huggingface_hub import login\nlogin(token=\"x\")\nEOF\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4003")) << example.path << "\n" << example.text;
  }
}

TEST(DockerLayer, AStepThatOnlyUsesItOrRemovesItIsNot) {
  const Example examples[] = {
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=HF_TOKEN HF_TOKEN=$(cat /run/secrets/HF_TOKEN) hf download a/b > /tmp/log\n"},
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN hf auth login --token $HF_TOKEN && hf download a/b && hf auth "
       "logout\n"},
      {"Dockerfile",
       "FROM x\nRUN huggingface-cli login --token $HF_TOKEN && python dl.py && rm -rf /root/.cache/huggingface/token\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=hf export HF_TOKEN=$(cat /run/secrets/hf) && python dl.py\n"},
      {"Dockerfile", "FROM x\nRUN hf download a/b --local-dir /m\n"},
      {"Dockerfile", "FROM x\nRUN git clone https://huggingface.co/a/b\n"},
      {"Dockerfile", "FROM x\nCMD hf auth login --token $HF_TOKEN && python app.py\n"},
      {"Dockerfile", "FROM x\nRUN echo \"HF_HOME=/data\" >> /etc/environment\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=hf_token,target=/root/.cache/huggingface/token hf download a/b\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc /root/.npmrc\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=secret,id=HF_TOKEN test -s /run/secrets/HF_TOKEN\n"},
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN curl -H \"Authorization: Bearer $HF_TOKEN\" -o m.bin "
       "https://huggingface.co/x\n"},
      {"Dockerfile", "FROM x\n# RUN hf auth login --token $HF_TOKEN\n"},
      {"Dockerfile", "FROM x\nRUN echo 'export HF_TOKEN=$(cat /run/secrets/hf_token)' >> /entrypoint.sh\n"},
      {"Dockerfile", "FROM x\nRUN echo \"run hf auth login first\"\n"},
      {"Dockerfile",
       "FROM x\nRUN --mount=type=secret,id=HF_TOKEN git clone https://u:$(cat /run/secrets/HF_TOKEN)@huggingface.co/a/b && rm "
       "-rf b/.git\n"},
      {"Dockerfile", "FROM x\nRUN pip install huggingface_hub[cli] && echo done > /tmp/x\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4003")) << example.path << "\n" << example.text;
  }
}

TEST(DockerCopy, SecretFilesAreFound) {
  const Example examples[] = {
      {"Dockerfile", "FROM x\nCOPY .env .\n"},
      {"Dockerfile", "FROM x\nCOPY --chown=app:app .env.production /app/.env\n"},
      {"Dockerfile", "FROM x\nCOPY package.json .env ./\n"},
      {"Dockerfile", "FROM x\nCOPY [\"./.env\", \"/app/\"]\n"},
      {"Dockerfile.dev", "FROM x\nADD .netrc /root/.netrc\n"},
      {"Containerfile", "FROM x\nCOPY .git-credentials /root/\n"},
      {"Dockerfile", "FROM x\nCOPY secrets/huggingface.token /root/.cache/huggingface/token\n"},
      {"Dockerfile", "FROM x\nCOPY hf_token.txt /tmp/\n"},
      {"Dockerfile", "FROM x\nCOPY .huggingface /root/.huggingface\n"},
      {"Dockerfile", "FROM x\nCOPY .cache/huggingface/ /root/.cache/huggingface/\n"},
      {"Dockerfile", "FROM x\nCOPY .cache/huggingface/stored_tokens /root/.cache/huggingface/stored_tokens\n"},
      {"Dockerfile", "FROM x\nCOPY .env* ./\n"},
      {"Dockerfile", "FROM x\nCOPY backend/.env backend/requirements.txt \\\n     /app/\n"},
      {"Dockerfile", "FROM x\nONBUILD COPY .env /app/\n"},
      {"Dockerfile", "FROM x\nCOPY token /root/.cache/huggingface/token\n"},
      {"x.md", "```dockerfile\nFROM x\nCOPY .env /app\n```\n"},
      {"Dockerfile", "FROM x\nCOPY --link .hf_token /root/\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4004")) << example.path << "\n" << example.text;
  }
}

TEST(DockerCopy, ExamplesCodeAndOtherStagesAreNot) {
  const Example examples[] = {
      {"Dockerfile", "FROM x\nCOPY --from=build /app/.env /app/.env\n"},
      {"Dockerfile", "FROM x\nCOPY .env.sample .env\n"},
      {"Dockerfile", "FROM x\nCOPY .env.template /app/.env\n"},
      {"Dockerfile", "FROM x\nCOPY .venv /app/.venv\n"},
      {"Dockerfile", "FROM x\nCOPY . .\n"},
      {"Dockerfile", "FROM x\nCOPY environment.yml .\n"},
      {"Dockerfile", "FROM x\nCOPY src/hf_token_utils.py /app/\n"},
      {"Dockerfile", "FROM x\nCOPY tokenizer.json /m/\n"},
      {"Dockerfile", "FROM x\n# COPY .env .\nCOPY requirements.txt .\n"},
      {"Dockerfile", "FROM x\nCOPY .cache/huggingface/hub /root/.cache/huggingface/hub\n"},
      {"Dockerfile", "FROM x\nCOPY .dockerignore .envoy.yaml /x/\n"},
      {"Dockerfile", "FROM x\nRUN --mount=type=bind,source=.env,target=/tmp/.env cat /tmp/.env | wc -l\n"},
      {"Dockerfile", "FROM x\nCOPY --exclude=.env . /app\n"},
      {"Dockerfile", "FROM x\nADD https://huggingface.co/a/b/resolve/main/x.bin /m/\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4004")) << example.path << "\n" << example.text;
  }
}

TEST(DockerEnv, APlaceholderAndASkippedCheckAreNotes) {
  EXPECT_EQ(severity_of("Dockerfile", "FROM x\nENV HF_TOKEN=<your-token>\n", "HF4001"), Severity::note);
  EXPECT_EQ(severity_of("Dockerfile", "# check=skip=SecretsUsedInArgOrEnv\nFROM x\nENV HF_TOKEN=$X\n", "HF4001"),
            Severity::note);
}

TEST(DockerEnv, TheFixTakesTheAssignmentAway) {
  EXPECT_EQ(fixed("Dockerfile", "FROM x\nENV A=1 HF_TOKEN=$T B=2\nRUN y\n", "HF4001"), "FROM x\nENV A=1 B=2\nRUN y\n");
  EXPECT_EQ(fixed("Dockerfile", "FROM x\nENV HF_TOKEN=$T B=2\n", "HF4001"), "FROM x\nENV B=2\n");
  EXPECT_EQ(fixed("Dockerfile", "FROM x\nENV HF_TOKEN $T\nRUN y\n", "HF4001"), "FROM x\nRUN y\n");
}

TEST(DockerCopy, TheFixKeepsTheOtherSources) {
  EXPECT_EQ(fixed("Dockerfile", "FROM x\nCOPY a.txt .env ./\n", "HF4004"), "FROM x\nCOPY a.txt ./\n");
}

}  // namespace
}  // namespace hfscan
