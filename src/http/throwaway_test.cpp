#include "http/throwaway_test.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace comity::http::test {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

std::string text_of(BIO* bio)
{
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio, &data);
    std::string out { data, static_cast<std::size_t>(size) };
    BIO_free(bio);
    return out;
}

std::string pem_of(X509* certificate)
{
    auto* const bio = BIO_new(BIO_s_mem());
    MUST(PEM_write_bio_X509(bio, certificate) == 1);
    return text_of(bio);
}

std::string pem_of(EVP_PKEY* key)
{
    auto* const bio = BIO_new(BIO_s_mem());
    MUST(PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return text_of(bio);
}

Certificate make_certificate(
    std::string const& name, std::chrono::seconds from, std::chrono::seconds until, EVP_PKEY* key)
{
    static std::atomic<long> serial = 1;
    Certificate out { X509_new(), X509_free };
    MUST(X509_set_version(out.get(), 2) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(out.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(out.get()), from.count());
    X509_gmtime_adj(X509_getm_notAfter(out.get()), until.count());
    MUST(X509_set_pubkey(out.get(), key) == 1);
    auto* const subject = X509_get_subject_name(out.get());
    auto const text = as_view(name);
    MUST(X509_NAME_add_entry_by_txt(
             subject, "CN", MBSTRING_UTF8, text.data(), static_cast<int>(text.size()), -1, 0)
        == 1);
    return out;
}

void add_extension(X509* certificate, int id, char const* value)
{
    std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> const extension {
        X509V3_EXT_conf_nid(nullptr, nullptr, id, value), X509_EXTENSION_free
    };
    MUST(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

struct Authority::Keys {
    Key key;
    Certificate certificate;
};

Authority::Authority(std::string name)
{
    Key key { EVP_EC_gen("P-256"), EVP_PKEY_free };
    auto certificate = make_certificate(name, -2h, 48h, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    MUST(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    pem_ = pem_of(certificate.get());
    keys_ = std::make_unique<Keys>(std::move(key), std::move(certificate));
}

Authority::~Authority() = default;

Identity Authority::issue(
    std::string const& name, std::chrono::seconds from, std::chrono::seconds until) const
{
    Key const key { EVP_EC_gen("P-256"), EVP_PKEY_free };
    auto const certificate = make_certificate(name, from, until, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(keys_->certificate.get()));
    MUST(X509_sign(certificate.get(), keys_->key.get(), EVP_sha256()) > 0);
    std::array<std::uint8_t, 32> digest {};
    MUST(X509_digest(certificate.get(), EVP_sha256(), digest.data(), nullptr) == 1);
    return { pem_of(certificate.get()), pem_of(key.get()), to_hex(digest) };
}

RawClient::RawClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    auto const address = loopback(port);
    MUST(::connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
    timeval const patience { 20, 0 };
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

RawClient::~RawClient()
{
    ::close(socket_);
}

void RawClient::send(std::string_view text) const
{
    while (!text.empty()) {
        auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return; // The server may have closed already: its answer tells why.
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string RawClient::read_until(std::string_view end)
{
    std::array<char, 16384> bytes {};
    while (rest_.find(end) == std::string::npos) {
        auto const size = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (size <= 0) return std::exchange(rest_, {});
        rest_.append(bytes.data(), static_cast<std::size_t>(size));
    }
    auto const size = rest_.find(end) + end.size();
    auto out = rest_.substr(0, size);
    rest_.erase(0, size);
    return out;
}

std::string RawClient::read_all()
{
    return read_until("\x01 no answer of ours holds this");
}

std::string RawClient::read_response()
{
    auto head = read_until("\r\n\r\n");
    auto const at = head.find("Content-Length: ");
    if (at == std::string::npos) return head;
    auto left = std::stoul(head.substr(at + 16));
    std::array<char, 16384> bytes {};
    while (rest_.size() < left) {
        auto const size = ::recv(socket_, bytes.data(), bytes.size(), 0);
        if (size <= 0) break;
        rest_.append(bytes.data(), static_cast<std::size_t>(size));
    }
    left = std::min(left, rest_.size());
    head += rest_.substr(0, left);
    rest_.erase(0, left);
    return head;
}

TlsClient::TlsClient(std::uint16_t port, How how)
    : tcp_(port)
    , context_(SSL_CTX_new(TLS_client_method()))
{
    MUST(SSL_CTX_set_max_proto_version(context_, how.version_max) == 1);
    if (how.identity) {
        auto* bio = BIO_new_mem_buf(how.identity->certificate_pem.data(), -1);
        Certificate const certificate { PEM_read_bio_X509(bio, nullptr, nullptr, nullptr),
            X509_free };
        BIO_free(bio);
        bio = BIO_new_mem_buf(how.identity->key_pem.data(), -1);
        Key const key { PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr), EVP_PKEY_free };
        BIO_free(bio);
        MUST(SSL_CTX_use_certificate(context_, certificate.get()) == 1);
        MUST(SSL_CTX_use_PrivateKey(context_, key.get()) == 1);
    }
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, tcp_.socket());
    greeted_ = SSL_connect(ssl_) == 1;
}

TlsClient::~TlsClient()
{
    SSL_free(ssl_);
    SSL_CTX_free(context_);
}

std::string TlsClient::ask(std::string_view request)
{
    std::array<char, 16384> bytes {};
    if (SSL_write(ssl_, request.data(), static_cast<int>(request.size())) <= 0) return {};
    auto const size = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    return size > 0 ? std::string { bytes.data(), static_cast<std::size_t>(size) } : std::string {};
}

RawListener::RawListener()
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    MUST(::bind(socket_, raw, size) == 0 && ::listen(socket_, 8) == 0);
    MUST(::getsockname(socket_, raw, &size) == 0);
    port_ = ntohs(address.sin_port);
}

RawListener::~RawListener()
{
    ::close(socket_);
}

int RawListener::accept() const
{
    return ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
}

} // namespace comity::http::test
