#!/usr/bin/env bash
# Mail::DKIM 1.20230212 (Debian 12, libmail-dkim-perl 1.20230212-2~deb12u1), with libcrypt-openssl-rsa-perl 0.33-3+b1
# and libmailtools-perl 2.21-2; dkimpy 1.1.4 (python3-dkim 1.1.4-1).
#
# A program signs a text whose last line has no line end and gives both to SMTP, which ends the line. "If there is no
# trailing CRLF on the message body, a CRLF is added" before the hash is taken (RFC 6376, section 3.4.3; 3.4.4 for
# `relaxed`), so the signature should hold. Mail::DKIM does not add it in `simple`: each receiver finds the body
# altered. dkimpy adds it, but in `relaxed` takes the space at the end of a line away before that: with a space at
# the end of the last line its signature breaks. Each library is right where the other is wrong, so that they
# disagree on the text as it was signed too. With the line end in the text, as tests have it, all is well.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download libmail-dkim-perl=1.20230212-2~deb12u1 libcrypt-openssl-rsa-perl=0.33-3+b1 \
  libcrypt-openssl-bignum-perl=0.09-2+b1 libmailtools-perl=2.21-2 \
  libnet-dns-perl=1.36-1+deb12u1 python3-dkim=1.1.4-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
command -v openssl >/dev/null || { echo 'no openssl here' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
openssl genrsa -out key 2048 2>/dev/null
openssl rsa -in key -pubout -outform DER -out public 2>/dev/null
cat >sign.pl <<'END'
use Mail::DKIM::Signer;
my $signer = Mail::DKIM::Signer->new(
    Algorithm => 'rsa-sha256', Method => "$ARGV[0]/$ARGV[0]", Domain => 'corp.test', Selector => 's', KeyFile => 'key');
local $/;
my $message = <STDIN>;
$signer->PRINT($message);
$signer->CLOSE;
print $signer->signature->as_string, "\r\n", $message;
END
cat >dkimpy.py <<'END'
import base64, sys
sys.path.insert(0, "tree/usr/lib/python3/dist-packages")
import dkim
message = sys.stdin.buffer.read()
if sys.argv[1] == "verify":
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(open("public", "rb").read())
    print("valid" if dkim.verify(message, dnsfunc=lambda name, timeout: record) else "not valid")
else:
    way = (sys.argv[2].encode(),) * 2
    key = open("key", "rb").read()
    sys.stdout.buffer.write(dkim.sign(message, b"s", b"corp.test", key, canonicalize=way) + message)
END
export PERL5LIB=$PWD/tree/usr/share/perl5:$(echo "$PWD"/tree/usr/lib/*-linux-gnu/perl5/5.*)
signed() { # signed LIBRARY METHOD LAST: the message with a signature
  printf 'From: a@corp.test\r\nSubject: s\r\n\r\nfirst\r\n%b' "$3" >text
  if [ "$1" = dkimpy ]; then /usr/bin/python3 dkimpy.py sign "$2" <text; else /usr/bin/perl sign.pl "$2" <text; fi
}
verified() { /usr/bin/python3 dkimpy.py verify; }
{
  for library in Mail::DKIM dkimpy; do
    for case in 'simple:last' 'relaxed:last' 'relaxed:last '; do
      signed $library "${case%%:*}" "${case#*:}" >message
      signed $library "${case%%:*}" "${case#*:}\r\n" >ended
      echo "$library, ${case%%:*}, '${case#*:}': by dkimpy as signed $(verified <message)," \
        "after SMTP $( (cat message; printf '\r\n') | verified); signed with its line end $(verified <ended)"
    done
  done
} | tee seen
cat >expected <<'END'
Mail::DKIM, simple, 'last': by dkimpy as signed not valid, after SMTP not valid; signed with its line end valid
Mail::DKIM, relaxed, 'last': by dkimpy as signed valid, after SMTP valid; signed with its line end valid
Mail::DKIM, relaxed, 'last ': by dkimpy as signed not valid, after SMTP valid; signed with its line end valid
dkimpy, simple, 'last': by dkimpy as signed valid, after SMTP valid; signed with its line end valid
dkimpy, relaxed, 'last': by dkimpy as signed valid, after SMTP valid; signed with its line end valid
dkimpy, relaxed, 'last ': by dkimpy as signed valid, after SMTP not valid; signed with its line end valid
END
diff expected seen
