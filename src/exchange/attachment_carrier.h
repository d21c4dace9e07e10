#pragma once

#include "exchange/attachments.h"
#include "exchange/delivery.h"

#include <map>
#include <memory>
#include <mutex>

/// Attachments on their way. They have a line of their own beside the messages', so that no message
/// waits behind a large file.
namespace comity::exchange {

/// The line to one State. `of`: message id and number, as they stand in the path.
struct AttachmentLine {
    /// Nothing: the State knows nothing of it.
    std::function<Result<std::optional<Progress>>(AttachmentKey const& of)> ask;
    std::function<Result<void>(AttachmentKey const& of, ByteView hashes)> open;
    std::function<Result<void>(AttachmentKey const& of, std::uint32_t chunk, ByteView sealed)> put;
};

/// Brings the first attachment that waits for a State; what it has already is not brought again.
/// False when nothing waits. Error: the line's; call again later.
Result<bool> bring_attachment(
    Attachments const& attachments, std::string_view state, AttachmentLine const& line);

/// One thread for each State.
class AttachmentCarrier {
public:
    /// Told, on the way's own thread, when all of an attachment is there.
    using Arrived = std::function<void(std::string const& state)>;

    /// Starts at once with whatever waited.
    AttachmentCarrier(Attachments const& attachments, std::map<std::string, AttachmentLine> lines,
        Random random, Arrived arrived, Patience patience = {});
    ~AttachmentCarrier();

    /// Something may wait for that State.
    void wake(std::string const& state);
    /// A line to a State that had none.
    void open(std::string const& state, AttachmentLine line);
    /// Ends between two chunks.
    void close(std::string const& state);
    void stop();

    struct Way;

private:
    void run(Way& way);

    Attachments const& attachments_;
    Random random_;
    Arrived arrived_;
    Patience patience_;
    std::mutex ways_mutex_; // the lists below
    std::map<std::string, std::shared_ptr<Way>> ways_;
    std::vector<std::shared_ptr<Way>> closed_;
};

} // namespace comity::exchange
