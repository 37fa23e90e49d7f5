import subprocess
from pathlib import Path

out = Path("/var/lib/worker/result.txt")
out.write_text(subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout)
print(out.read_text(), end="")
