#!/usr/bin/env bash
# deploy/spark/submit.sh ARGUMENTS   of python -m crawler.bulk, for example
#   deploy/spark/submit.sh --list warc.paths.gz --base s3://commoncrawl/ --hosts report.az,azernews.az,menafn.com --into s3://BUCKET/meetings
#
# SPARK_MASTER  yarn (default), spark://HOST:7077, k8s://https://HOST
# ENVIRONMENT   what pack.sh wrote (default environment.tar.gz)
# SPARK_PYTHON  the driver's Python, with requirements-spark.txt (default .venv/bin/python)
# Further settings of Spark by SPARK_CONF_DIR or spark-defaults.conf; those below are measured, docs/scale.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
environment=$(realpath "${ENVIRONMENT:-environment.tar.gz}")
export PYSPARK_DRIVER_PYTHON=${SPARK_PYTHON:-$root/.venv/bin/python}
export PYSPARK_PYTHON=./environment/bin/python
export PYTHONPATH=$root${PYTHONPATH:+:$PYTHONPATH}
settings=(
  --conf spark.executor.cores=4
  # the JVM only shuffles small rows; pages are read by a Python process a core, outside of its heap
  --conf spark.executor.memory=2g
  --conf spark.executor.memoryOverhead=4g
  # an archive is a task of minutes: a lost machine costs those it was reading, each is tried four times
  --conf spark.task.maxFailures=4
  # a slow archive is a large one; reading it twice at once helps nobody
  --conf spark.speculation=false
  # a process that has read the tables once goes on to the next archive
  --conf spark.python.worker.reuse=true
)
exec "${SPARK_SUBMIT:-spark-submit}" --master "${SPARK_MASTER:-yarn}" --deploy-mode client \
  --archives "$environment#environment" "${settings[@]}" "$root/deploy/spark/job.py" "$@"
