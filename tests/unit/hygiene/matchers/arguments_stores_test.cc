// HF5006 to HF5009: containers, schedulers and secret stores.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kSecretBodyFound[] = {
    {"a.sh", "gh secret set HF_TOKEN --body \"$(cat ~/.cache/huggingface/token)\"\n"},
    {"a.sh", "gh secret set HF_TOKEN --repo me/r -b $HF_TOKEN\n"},
    {"a.md", "Run:\n\n    gh secret set HF_TOKEN --body \"hf_xxxxxxxxxx\"\n"},
    {"a.sh", "glab variable set HUGGINGFACE_TOKEN --value \"$HF_TOKEN\"\n"},
    {"a.sh", "echo x | tee y; gh secret set HF_TOKEN --body=hf_abc\n"},
    {"a.ps1", "gh secret set HF_TOKEN --body $env:HF_TOKEN\n"},
    {"a.sh", "circleci context store-secret github org ctx HF_TOKEN {{hf_token:zz}}\n"},
    {"a.sh", "echo hi && gh secret set HF_TOKEN --org acme --visibility all --body \"${HF_TOKEN}\"\n"},
    {"a.sh", "glab variable update HF_TOKEN --value $HF_TOKEN\n"},
    {"a.sh", "glab variable create HF_TOKEN {{hf_token:zq}}\n"},
    {"a.sh", "circleci context store-secret gh acme c HF_TOKEN \"$(cat t)\"\n"},
    {"a.sh", "gh secret set HF_TOKEN --body \"${{ secrets.HF_TOKEN }}\" --repo x/y\n"},
};

TEST(Arguments, SecretBodyIsFound) { expect_found("HF5006", kSecretBodyFound); }

constexpr MatcherCase kSecretBodyClean[] = {
    {"a.sh", "gh secret set HF_TOKEN --env-file .env\n"},
    {"a.sh", "gh secret set DOCKER_PASSWORD --body \"$DOCKER_PASSWORD\"\n"},
    {"a.sh", "gh secret delete HF_TOKEN\ngh pr create --body \"set HF_TOKEN\"\ngh issue create -b \"$HF_BODY\"\n"},
    {"a.sh", "cat t | gh secret set HF_TOKEN -R me/r\n"},
};

TEST(Arguments, SecretBodyOnlyAlikeIsNot) { expect_clean("HF5006", kSecretBodyClean); }

constexpr MatcherCase kContainerEnvironmentFound[] = {
    {"a.sh", "docker run --rm -it \\\n  -p 80:80 \\\n  -e HUGGING_FACE_HUB_TOKEN=$HF_TOKEN \\\n  img\n"},
    {"a.yml", "jobs:\n  x:\n    steps:\n      - run: docker run -e HF_TOKEN=${{ secrets.HF_TOKEN }} img\n"},
    {"a.sh", "podman run --env=HF_TOKEN=$(cat t) img\n"},
    {"a.sh", "docker exec -e HF_TOKEN=\"${HF_TOKEN}\" c bash\n"},
    {"a.sh", "docker-compose run -e \"HF_TOKEN=$HF_TOKEN\" app\n"},
    {"a.sh", "sudo docker run -e HF_TOKEN={{hf_token:zz}} img\n"},
    {"a.sh", "nerdctl run -e HF_TOKEN=`cat f` img\nsingularity exec --nv --env A=1,HF_TOKEN=$HF_TOKEN x.sif py\n"},
    {"a.bat", "docker run -e HF_TOKEN=%HF_TOKEN% img\n"},
    {"a.service", "[Service]\nExecStart=/usr/bin/docker run -e HF_TOKEN=${HF_TOKEN} img\n"},
    {"a.py", "import os\nos.system(\"docker run -e HF_TOKEN=$HF_TOKEN img\")\n"},
    {"a.sh", "docker create --env HF_API_TOKEN=$TOKEN img\n"},
    {"a.sh", "docker compose exec -e HF_TOKEN=$HF_TOKEN app sh\n"},
    {"a.sh", "docker service create --env HF_TOKEN=$HF_TOKEN img\n"},
    {"a.sh", "docker run --name x -d -e MODEL=m -e HUGGINGFACE_HUB_TOKEN=\"$TOKEN\" img\n"},
    {"a.sh", "apptainer run --nv --env \"HF_TOKEN=$HF_TOKEN\" x.sif\n"},
    {"justfile", "run:\n  docker run -e HF_TOKEN={{env_var(\"HF_TOKEN\")}} img\n"},
    {"a.ps1", "docker run -e HF_TOKEN=$env:HF_TOKEN img\n"},
    {"a.ps1", "docker run -e \"HF_TOKEN=$($env:HF_TOKEN)\" img\n"},
    {"package.json", "{\"scripts\":{\"d\":\"docker run -e HF_TOKEN=$HF_TOKEN img\"}}"},
};

TEST(Arguments, ContainerEnvironmentIsFound) { expect_found("HF5007", kContainerEnvironmentFound); }

constexpr MatcherCase kContainerEnvironmentClean[] = {
    {"a.sh", "docker run -e HF_TOKEN --env HF_HOME=$HF_HOME img\n"},
    {"a.sh", "docker run -e HF_TOKEN=hf_your_token img\ndocker run -e HF_TOKEN=\"<token>\" img\n"},
    {"a.sh", "docker run --env-file .env -e MAX_TOTAL_TOKENS=$M img\n"},
    {"a.sh", "docker build --secret id=HF_TOKEN,env=HF_TOKEN .\n"},
    {"a.sh", "docker run -v $HF_TOKEN_PATH:/run/t -e HF_TOKEN_PATH=/run/t img\n"},
};

TEST(Arguments, ContainerEnvironmentOnlyAlikeIsNot) { expect_clean("HF5007", kContainerEnvironmentClean); }

constexpr MatcherCase kSecretFromLiteralFound[] = {
    {"a.sh", "kubectl create secret generic my-secret --from-literal=hf_token=\"$HF_TOKEN\"\n"},
    {"a.sh",
     "kubectl -n vllm create secret generic huggingface-secret --from-literal=HF_TOKEN=$(cat tok) --dry-run=client -oyaml\n"},
    {"a.sh", "oc create secret generic x --from-literal=token={{hf_token:zz}}\n"},
    {"a.md",
     "```\nkubectl create secret generic hf-secret \\\n--from-literal=hf_api_token=${HF_TOKEN} \\\n--dry-run=client -o yaml | "
     "kubectl apply -f -\n```\n"},
    {"a.sh", "microk8s kubectl create secret generic hf-token --from-literal token=$TOKEN\n"},
    {"Makefile", "s:\n\tkubectl create secret generic hf --from-literal=HF_TOKEN=$(HF_TOKEN)\n"},
    {"a.sh",
     "kubectl create secret docker-registry x; kubectl create secret generic hf-token-secret --from-literal "
     "\"token=$HF_TOKEN\"\n"},
    {"a.sh", "kubectl create secret generic app --from-literal=A=b --from-literal=HUGGINGFACE_TOKEN=${HUGGINGFACE_TOKEN}\n"},
};

TEST(Arguments, SecretFromLiteralIsFound) { expect_found("HF5008", kSecretFromLiteralFound); }

constexpr MatcherCase kSecretFromLiteralClean[] = {
    {"a.sh", "kubectl create secret generic hf --from-file=token=./tok\n"},
    {"a.sh", "kubectl create secret generic gh --from-literal=token=$GITHUB_TOKEN\n"},
    {"a.sh",
     "kubectl create secret generic hf --from-literal=HF_TOKEN=hf_xxx\nkubectl create secret generic hf "
     "--from-literal=HF_TOKEN=YOUR_TOKEN\n"},
};

TEST(Arguments, SecretFromLiteralOnlyAlikeIsNot) { expect_clean("HF5008", kSecretFromLiteralClean); }

constexpr MatcherCase kSecretStoreFound[] = {
    {"a.sh", "fly secrets set HF_TOKEN=$HF_TOKEN\n"},
    {"a.sh", "flyctl secrets set --app a HF_TOKEN=\"$(cat t)\"\n"},
    {"a.sh", "heroku config:set HF_TOKEN=$HF_TOKEN --app a\n"},
    {"a.sh", "railway variables --set \"HF_TOKEN=$HF_TOKEN\"\n"},
    {"a.sh", "fal secrets set HF_TOKEN $HF_TOKEN\n"},
    {"a.sh", "vercel env add HF_TOKEN production --value $HF_TOKEN\n"},
    {"a.sh", "netlify env:set HF_TOKEN $HF_TOKEN\n"},
    {"a.sh", "doppler secrets set HF_TOKEN=\"$HF_TOKEN\"\n"},
    {"a.sh", "doppler secrets set HF_TOKEN $TOKEN\n"},
    {"a.sh", "aws ssm put-parameter --name /hf/token --type SecureString --value \"$HF_TOKEN\"\n"},
    {"a.sh", "aws secretsmanager put-secret-value --secret-id hf --secret-string $HF_TOKEN\n"},
    {"a.sh", "az keyvault secret set --vault-name kv --name hf-token --value $HF_TOKEN\n"},
    {"a.sh", "vault kv put secret/hf HF_TOKEN=$HF_TOKEN\n"},
    {"a.sh", "srun --export=ALL,HF_TOKEN=$HF_TOKEN python t.py\n"},
    {"a.sh", "qsub -v HF_TOKEN=$HF_TOKEN j.sh\n"},
    {"a.sh", "env HF_TOKEN=$HF_TOKEN python t.py\n"},
    {"a.sh", "sudo -E HF_TOKEN=\"$HF_TOKEN\" python t.py\n"},
    {"a.sh", "modal secret create hf HF_TOKEN=\"$HF_TOKEN\"\n"},
    {"a.sh", "modal secret create hf HF_TOKEN={{hf_token:zz}}\n"},
    {"a.sh", "wrangler secret put HF_TOKEN $HF_TOKEN\n"},
    {"a.sh", "sudo -u app env HF_TOKEN=$HF_TOKEN ./run\n"},
    {"a.sh", "supabase secrets set HF_TOKEN=$HF_TOKEN\n"},
    {"a.sh", "gcloud run deploy x --set-env-vars HF_TOKEN=$HF_TOKEN\n"},
    {"a.sh", "sbatch --export HF_TOKEN=$HF_TOKEN j.sh\n"},
    {"a.sh", "sbatch --export=HF_TOKEN=\"$HF_TOKEN\",WANDB=1 j.sh\n"},
    {"a.ps1", "setx HF_TOKEN $env:HF_TOKEN\n"},
    {"a.cmd", "setx HF_TOKEN \"{{hf_token:zz}}\"\n"},
};

TEST(Arguments, SecretStoreIsFound) { expect_found("HF5009", kSecretStoreFound); }

constexpr MatcherCase kSecretStoreClean[] = {
    {"a.sh", "wrangler secret put HF_TOKEN < t\n"},
    {"a.sh", "vercel env add HF_TOKEN production < t\n"},
    {"a.sh", "fly secrets import < .env\n"},
    {"a.sh", "doppler secrets upload .env\n"},
    {"a.sh", "sbatch --export=ALL,HF_TOKEN j.sh\n"},
    {"a.sh", "HF_TOKEN=$HF_TOKEN sbatch j.sh\n"},
    {"a.sh", "sudo --preserve-env=HF_TOKEN ./x\n"},
    {"a.sh", "env -i PATH=$PATH cmd # hf_\n"},
    {"a.sh", "export HF_TOKEN=$(cat t)\n"},
    {"a.sh", "aws secretsmanager get-secret-value --secret-id hf_token --query SecretString\n"},
    {"a.sh", "vault kv get -field=token secret/hf_x\n"},
    {"a.sh", "HF_TOKEN=$(vault kv get -field=token secret/hf)\n"},
    {"a.sh", "heroku config:set HF_MODEL=$M\n"},
    {"a.sh", "az keyvault secret set --name hf-token --file t\n"},
    {"a.sh", "fly secrets set OPENAI_KEY=$K # hf_\n"},
    {"a.sh", "modal secret create hf HF_TOKEN=hf_xxx\n"},
    {"a.sh", "gcloud secrets versions add hf_token --data-file=-\n"},
    {"a.sh", "env HF_HOME=/x python t.py\n"},
};

TEST(Arguments, SecretStoreOnlyAlikeIsNot) { expect_clean("HF5009", kSecretStoreClean); }

}  // namespace
}  // namespace hfscan
