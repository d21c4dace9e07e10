#pragma once

#include "base/bytes.h"
#include "base/instant.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

/// OpenSSL's objects as values that free themselves. Included by sources of this room only.
namespace comity::crypto {

template <auto Function> struct FreeWith {
    template <class T> void operator()(T* pointer) const { Function(pointer); }
};
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, FreeWith<CMS_ContentInfo_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

struct FreeCertificates {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); } // borrowed members
};
using CertificateStack = std::unique_ptr<STACK_OF(X509), FreeCertificates>;

/// An error of ours with OpenSSL's own reason; empties its queue.
Error openssl_error(Error::Kind kind, std::string_view what);
Instant to_instant(ASN1_TIME const* time);
Bio reading(ByteView bytes);
Bytes written(Bio const& bio);

} // namespace comity::crypto
