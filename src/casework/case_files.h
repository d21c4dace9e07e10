#pragma once

#include "casework/contents.h"
#include "casework/file_type.h"
#include "exchange/exchange.h"

#include <map>
#include <mutex>

/// Files that came or left with the messages of a case. They lie sealed with their message and go
/// with it; who opens one is judged and noted as for the message itself.
namespace comity::casework {

/// One of them, as its message says.
struct CaseFileLine {
    std::string message_id;
    std::uint32_t n; ///< In its message.
    std::string name;
    std::string media_type;
    std::uint64_t bytes;
    std::string digest; ///< RFC 6962 root of its sealed pieces, which its manifest signs.
    std::uint32_t pieces = 0;
    std::optional<std::string> sha256 {}; ///< Of the file itself; only where it was asked for.
};
BOOST_DESCRIBE_STRUCT(CaseFileLine, (), (message_id, n, name, media_type, bytes, digest))
std::vector<CaseFileLine> files_of(message::Manifest const& manifest);

struct FilePlace {
    std::string case_number, message_id;
    std::uint32_t n;
};

/// What somebody who opens it may know. It came from another State: what it is, its first bytes
/// say, and it is saved under a name that harms nobody.
struct CaseFileView {
    CaseFileLine line;
    std::string save_as;
    std::optional<std::string> found_type; ///< None: of no type that may go beside a message.
    std::uint32_t pieces;
};
BOOST_DESCRIBE_STRUCT(CaseFileView, (), (line, save_as, found_type, pieces))

/// A file or a piece of it, or what stands against it.
template <class What> struct FileFor {
    std::optional<access::Refusal> refused {}; ///< He does not need to know the case.
    std::vector<protection::Objection> objections {};
    std::optional<What> it {};
};
using FileOpened = FileFor<CaseFileView>;
using FilePiece = FileFor<Bytes>;

/// Who opened which file lately, so that its pieces are not noted one by one.
class OpenFiles {
public:
    static constexpr std::chrono::minutes lasts { 10 };
    static constexpr std::size_t count_max = 1000;

    void add(std::string const& account, FilePlace const& place, Instant now);
    bool holds(std::string const& account, FilePlace const& place, Instant now);

private:
    using Key = std::tuple<std::string, std::string, std::uint32_t>;
    std::mutex mutex_;
    std::map<Key, Instant> opened_;
};

/// The files of a message go on with it, read from what is sealed here.
std::vector<exchange::OutgoingAttachment> passed_on(
    store::Store& store, exchange::Exchange const& exchange, message::Manifest const& manifest);

} // namespace comity::casework
