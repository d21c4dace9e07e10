#include "main/control.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstring>

namespace comity::main {
namespace {

constexpr std::size_t reply_bytes_max = 16U << 20U;

class Socket {
public:
    Socket()
        : number_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
    }
    ~Socket()
    {
        if (number_ >= 0) ::close(number_);
    }
    Socket(Socket const&) = delete;
    Socket& operator=(Socket const&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

Error nobody(std::filesystem::path const& socket)
{
    return { Error::Kind::unavailable,
        fmt::format(
            "no node runs in {} (start it: comity node run)", socket.parent_path().string()) };
}

Result<std::string> exchange(int socket, std::string_view request)
{
    while (!request.empty()) {
        auto const sent = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
        if (sent <= 0) return Error { Error::Kind::unavailable, "the node broke off" };
        request.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string reply;
    std::array<char, 65'536> chunk {};
    for (;;) {
        auto const count = ::recv(socket, chunk.data(), chunk.size(), 0);
        if (count < 0) return Error { Error::Kind::unavailable, "the node broke off" };
        if (count == 0) return reply;
        reply.append(chunk.data(), static_cast<std::size_t>(count));
        if (reply.size() > reply_bytes_max)
            return Error { Error::Kind::too_large, "the node's answer is over 16 MiB" };
    }
}

} // namespace

Result<ControlReply> post_to_node(
    std::filesystem::path const& socket, std::string_view path, std::string_view json)
{
    Socket const line;
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    auto const name = socket.string();
    if (name.size() >= sizeof address.sun_path)
        return Error { Error::Kind::too_large,
            fmt::format("the path {} is too long for a socket", name) };
    std::memcpy(static_cast<char*>(address.sun_path), name.c_str(), name.size());
    if (::connect(line.number(), reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        return nobody(socket);
    auto const reply = TRY(exchange(line.number(),
        fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
            path, json.size(), json)));
    auto const head_end = reply.find("\r\n\r\n");
    int status = 0;
    if (head_end == reply.npos || !reply.starts_with("HTTP/1.1 ")
        || std::from_chars(reply.data() + 9, reply.data() + 12, status).ec != std::errc {})
        return Error { Error::Kind::unavailable, "the node broke off" };
    return ControlReply { status, reply.substr(head_end + 4) };
}

Result<json::Object> asked_of_node(
    std::filesystem::path const& socket, std::string_view path, json::Object const& body)
{
    auto const reply = TRY(post_to_node(socket, path, json::print(body)));
    auto const read = TRY(json::parse(reply.body));
    auto const* error = read.as_object().if_contains("error");
    if (!error) return read.as_object();
    auto const text = [&](std::string_view member) {
        auto const* value = error->as_object().if_contains(member);
        return value && value->is_string() ? std::string { value->get_string() } : std::string {};
    };
    return Error { Error::Kind::malformed, text("message"), text("field") };
}

} // namespace comity::main
