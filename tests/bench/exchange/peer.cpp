#include "bench/exchange/peer.h"

#include "base/file.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace comity::bench {
namespace {

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in out {};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

sockaddr* address_of(sockaddr_in& from)
{
    return reinterpret_cast<sockaddr*>(&from); // NOLINT: as the system's interface wants it
}

bool listens(std::uint16_t port)
{
    auto const socket = ::socket(AF_INET, SOCK_STREAM, 0);
    auto to = loopback(port);
    bool const there = connect(socket, address_of(to), sizeof to) == 0;
    close(socket);
    return there;
}

void become(std::string const& user)
{
    if (user.empty() || geteuid() != 0) return;
    auto const* entry = getpwnam(user.c_str());
    if (!entry || initgroups(user.c_str(), entry->pw_gid) != 0 || setgid(entry->pw_gid) != 0
        || setuid(entry->pw_uid) != 0)
        _exit(126);
}

pid_t start(std::vector<std::string> const& words, std::filesystem::path const& log,
    std::string const& user)
{
    std::vector<char*> arguments;
    for (auto const& each : words) arguments.push_back(const_cast<char*>(each.c_str())); // NOLINT
    arguments.push_back(nullptr);
    auto const child = fork();
    MUST(child >= 0);
    if (child > 0) return child;
    auto const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    become(user);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

crypto::Certificate issue(crypto::Usage usage, std::string const& name, crypto::Key const& key,
    crypto::Certificate const* issuer, crypto::Key const& issuer_key)
{
    auto const now
        = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    crypto::CertificateOrder const order { usage, name, "BG", "localhost",
        now - std::chrono::hours { 1 }, now + std::chrono::hours { 24 } };
    return crypto::issue(order, key, issuer, issuer_key, crypto::system_random());
}

} // namespace

Program::Program(std::vector<std::string> const& words, std::filesystem::path const& log,
    std::string const& user)
    : pid_(start(words, log, user))
{
}

Program::~Program()
{
    // Some put themselves and their children into groups of their own.
    for (auto const each : family_of(pid_)) kill(each, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

void Program::wait_for(std::uint16_t port) const
{
    for (int tries = 0; tries < 600 && !listens(port); ++tries) {
        MUST(waitpid(pid_, nullptr, WNOHANG) == 0);
        std::this_thread::sleep_for(std::chrono::milliseconds { 100 });
    }
    MUST(listens(port));
}

void run_program(std::vector<std::string> const& words, std::string const& user)
{
    auto const child = start(words, "/dev/null", user);
    int status = 0;
    MUST(waitpid(child, &status, 0) == child && status == 0);
}

std::uint16_t free_port()
{
    auto const socket = ::socket(AF_INET, SOCK_STREAM, 0);
    auto at = loopback(0);
    socklen_t size = sizeof at;
    MUST(
        bind(socket, address_of(at), size) == 0 && getsockname(socket, address_of(at), &size) == 0);
    close(socket);
    return ntohs(at.sin_port);
}

Credentials::Credentials(std::filesystem::path const& where)
    : folder(where)
    , server { issue(crypto::Usage::root, "TEST", crypto::Key::generate(crypto::Key::Kind::p256),
                   nullptr, crypto::Key::generate(crypto::Key::Kind::p256)),
        crypto::Key::generate(crypto::Key::Kind::p256) }
    , client { server.certificate, crypto::Key::generate(crypto::Key::Kind::p256) }
{
    auto const root_key = crypto::Key::generate(crypto::Key::Kind::p384);
    auto const root = issue(crypto::Usage::root, "TEST root", root_key, nullptr, root_key);
    server.certificate = issue(crypto::Usage::transport, "localhost", server.key, &root, root_key);
    client.certificate = issue(crypto::Usage::transport, "comity", client.key, &root, root_key);
    authority_pem = root.pem();
    std::filesystem::permissions(folder, std::filesystem::perms::all);
    auto const put = [&](char const* name, std::string const& text) {
        MUST(write_file(folder / name, as_view(text)).ok());
    };
    put("ca.pem", authority_pem);
    put("server.pem", server.certificate.pem());
    put("server.key", server.key.pem());
    put("client.pem", client.certificate.pem());
    put("client.key", client.key.pem());
}

exchange::PipeEnd Credentials::end(std::uint16_t port) const
{
    return { .host = "127.0.0.1",
        .port = port,
        .certificate_pem = client.certificate.pem(),
        .key_pem = client.key.pem(),
        .authorities_pem = authority_pem,
        .peer_certificates_sha256 = { to_hex(server.certificate.fingerprint()) } };
}

std::size_t number_in(ByteView payload)
{
    std::size_t out = 0;
    for (auto const byte : payload.first(8)) out = out << 8U | byte;
    return out;
}

} // namespace comity::bench
