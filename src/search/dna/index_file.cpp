#include "search/dna/index_file.h"

#include "base/file.h"
#include "base/json.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace comity::search::dna {

struct SegmentLine {
    std::uint64_t loci;
    bool gaps;
    std::uint64_t slots, used, asides, offset, bytes, checksum;
};
BOOST_DESCRIBE_STRUCT(SegmentLine, (), (loci, gaps, slots, used, asides, offset, bytes, checksum))

struct DictionaryLine {
    std::string locus;
    std::vector<std::uint16_t> alleles;
    std::vector<std::uint32_t> counts; ///< Profiles with the bit of each place.
};
BOOST_DESCRIBE_STRUCT(DictionaryLine, (), (locus, alleles, counts))

struct FileHeader {
    std::string format;
    std::uint64_t generation, next_number, size;
    std::vector<DictionaryLine> dictionary {};
    std::vector<SegmentLine> segments {};
};
BOOST_DESCRIBE_STRUCT(FileHeader, (), (format, generation, next_number, size, dictionary, segments))

namespace {

constexpr auto format_name = "comity-dna-1";
constexpr std::size_t page = 4096, header_bytes_max = 4U << 20U;
constexpr std::size_t prologue = 24; ///< Of the file: magic, length and checksum of the header.
constexpr std::size_t frame = 12; ///< Of a record: its length, before, and its checksum, after it.

Error damaged(std::filesystem::path const& file, std::string_view what)
{
    return { Error::Kind::malformed, fmt::format("{}: {}", file.string(), what), file.string() };
}

Error failure(char const* act, std::filesystem::path const& file)
{
    return { Error::Kind::unavailable,
        fmt::format("cannot {} {}: {}", act, file.string(), std::strerror(errno)) };
}

template <class T> void append_value(Bytes& out, T value)
{
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(&value);
    out.insert(out.end(), bytes, bytes + sizeof(T));
}

template <class T> bool take(ByteView& rest, T& value)
{
    if (rest.size() < sizeof(T)) return false;
    std::memcpy(&value, rest.data(), sizeof(T));
    rest = rest.subspan(sizeof(T));
    return true;
}

void close_record(Bytes& out, std::size_t start)
{
    auto const size = static_cast<std::uint32_t>(out.size() - start - 4);
    std::memcpy(out.data() + start, &size, 4);
    append_value(out, checksum(ByteView { out }.subspan(start + 4)));
}

bool take_genotype(ByteView& rest, Genotype& out, LocusTable const& table)
{
    std::uint8_t count = 0;
    if (!take(rest, count) || count > table.loci().size()) return false;
    for (; count > 0; --count) {
        Typing typing;
        if (!take(rest, typing.locus) || !take(rest, typing.count)) return false;
        if (typing.locus >= table.loci().size() || typing.count < 2 || typing.count > alleles_max)
            return false;
        for (std::size_t i = 0; i < typing.count; ++i)
            if (!take(rest, typing.alleles[i].code)) return false;
        out.push_back(typing);
    }
    return rest.empty();
}

/// A file in memory, to be read.
class MappedFile {
public:
    static Result<std::unique_ptr<MappedFile>> open(std::filesystem::path const& file)
    {
        int const descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 && errno == ENOENT)
            return Error { Error::Kind::not_found, fmt::format("no index at {}", file.string()) };
        if (descriptor < 0) return failure("open", file);
        struct stat status {};
        void* mapped = MAP_FAILED;
        if (::fstat(descriptor, &status) == 0 && status.st_size > 0)
            mapped = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ,
                MAP_PRIVATE, descriptor, 0);
        ::close(descriptor);
        if (mapped == MAP_FAILED) return damaged(file, "it is empty or cannot be mapped");
        auto const size = static_cast<std::size_t>(status.st_size);
        ::madvise(mapped, size, MADV_SEQUENTIAL);
        return std::make_unique<MappedFile>(
            ByteView { static_cast<std::uint8_t const*>(mapped), size });
    }
    explicit MappedFile(ByteView bytes)
        : bytes_(bytes)
    {
    }
    ~MappedFile() { ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size()); }
    MappedFile(MappedFile const&) = delete;
    MappedFile& operator=(MappedFile const&) = delete;
    ByteView bytes() const { return bytes_; }

private:
    ByteView bytes_;
};

/// A new file beside the one that it will replace.
class NewFile {
public:
    explicit NewFile(std::filesystem::path target)
        : target_(std::move(target))
        , beside_(target_.string() + ".new")
        , descriptor_(::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
    {
    }
    ~NewFile()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    NewFile(NewFile const&) = delete;
    NewFile& operator=(NewFile const&) = delete;

    Result<void> write(ByteView bytes, std::uint64_t offset)
    {
        while (!bytes.empty()) {
            auto const written
                = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return failure("write", beside_);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            offset += static_cast<std::uint64_t>(written);
        }
        return {};
    }
    Result<void> replace()
    {
        if (::fsync(descriptor_) != 0) return failure("sync", beside_);
        if (::rename(beside_.c_str(), target_.c_str()) != 0) return failure("rename", beside_);
        int const folder = ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY);
        bool const synced = folder >= 0 && ::fsync(folder) == 0;
        if (folder >= 0) ::close(folder);
        if (!synced) return failure("sync", target_.parent_path());
        return {};
    }

private:
    std::filesystem::path target_, beside_;
    int descriptor_;
};

ByteView as_bytes(void const* from, std::size_t size)
{
    return { static_cast<std::uint8_t const*>(from), size };
}

} // namespace

std::uint64_t checksum(ByteView bytes)
{
    constexpr std::uint64_t odd[] { 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb,
        0xd6e8feb86659fd93 };
    std::uint64_t lanes[4] { odd[3], odd[2], odd[1], odd[0] };
    std::size_t at = 0;
    auto const mix = [&](std::size_t lane, std::uint64_t word) {
        lanes[lane] = (lanes[lane] ^ word) * odd[lane];
        lanes[lane] ^= lanes[lane] >> 29U;
    };
    for (; at + 32 <= bytes.size(); at += 32)
        for (std::size_t lane = 0; lane < 4; ++lane) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at + lane * 8, 8);
            mix(lane, word);
        }
    for (; at < bytes.size(); ++at) mix(at % 4, bytes[at] + 1U);
    std::uint64_t out = bytes.size();
    for (auto const lane : lanes) out = (out ^ lane) * odd[1] + (out >> 31U);
    return out;
}

void append_insert(Bytes& out, ProfileNumber number, Genotype const& genotype)
{
    auto const start = out.size();
    append_value(out, std::uint32_t { 0 });
    append_value(out, std::uint8_t { 1 });
    append_value(out, number);
    append_value(out, static_cast<std::uint8_t>(genotype.size()));
    for (auto const& typing : genotype) {
        append_value(out, typing.locus);
        append_value(out, typing.count);
        for (auto const allele : typing.values()) append_value(out, allele.code);
    }
    close_record(out, start);
}

void append_destroy(Bytes& out, ProfileNumber number)
{
    auto const start = out.size();
    append_value(out, std::uint32_t { 0 });
    append_value(out, std::uint8_t { 2 });
    append_value(out, number);
    close_record(out, start);
}

std::optional<Change> next_change(ByteView& rest, LocusTable const& table)
{
    auto const whole = rest;
    std::uint32_t size = 0;
    if (!take(rest, size) || size > whole.size() || whole.size() < size + frame)
        return std::nullopt;
    auto body = whole.subspan(4, size);
    std::uint64_t sum = 0;
    std::memcpy(&sum, whole.data() + 4 + size, 8);
    if (sum != checksum(body)) return std::nullopt;
    Change out { 0, std::nullopt };
    std::uint8_t act = 0;
    if (!take(body, act) || !take(body, out.number) || out.number == 0) return std::nullopt;
    if (act == 1 && !take_genotype(body, out.inserted.emplace(), table)) return std::nullopt;
    if (act != 1 && (act != 2 || !body.empty())) return std::nullopt;
    rest = whole.subspan(size + frame);
    return out;
}

/// What the files know of an index that nobody else needs to.
struct IndexFile {
    static std::filesystem::path file(Index const& index) { return index.folder_ / "profiles"; }
    static std::filesystem::path log(Index const& index, std::uint64_t generation)
    {
        return index.folder_ / fmt::format("changes.{}", generation);
    }

    static FileHeader header(Index const& index)
    {
        FileHeader out { format_name, index.generation_ + 1, index.next_, index.size(), {}, {} };
        auto const& loci = index.table_.loci();
        for (std::size_t i = 0; i < loci.size(); ++i) {
            DictionaryLine line { loci[i].name, {}, {} };
            for (auto const& count : index.counts_[i]) line.counts.push_back(count.load());
            for (auto const allele : index.dictionary_.alleles[i])
                line.alleles.push_back(allele.code);
            out.dictionary.push_back(std::move(line));
        }
        return out;
    }

    static Result<void> write_segments(Index const& index, NewFile& file, FileHeader& header)
    {
        std::uint64_t offset = header_bytes_max;
        for (auto const& segment : *index.snapshot()) {
            auto const asides = segment->asides();
            auto const& pages = segment->pages();
            auto const memory = as_bytes(pages.words(), pages.bytes());
            auto const beside = as_bytes(asides.data(), asides.size() * sizeof(Segment::Aside));
            header.segments.push_back(
                { segment->layout().loci, segment->layout().gaps, segment->slots(), segment->used(),
                    asides.size(), offset, pages.bytes(), checksum(memory) ^ checksum(beside) });
            TRY(file.write(memory, offset));
            TRY(file.write(beside, offset + memory.size()));
            offset += (memory.size() + beside.size() + page - 1) / page * page;
        }
        return {};
    }

    static Result<void> write(Index const& index)
    {
        NewFile file { IndexFile::file(index) };
        auto header = IndexFile::header(index);
        TRY(write_segments(index, file, header));
        auto const text = json::to_text(header);
        if (text.size() > header_bytes_max - prologue)
            return Error { Error::Kind::too_large,
                fmt::format(
                    "a header of {} bytes, the limit is {}", text.size(), header_bytes_max) };
        Bytes start = to_bytes("COMITYDN");
        append_value(start, std::uint64_t { text.size() });
        append_value(start, checksum(as_view(text)));
        TRY(file.write(start, 0));
        TRY(file.write(as_view(text), prologue));
        return file.replace();
    }

    static Result<void> open_log(Index& index, std::uint64_t generation)
    {
        auto const path = log(index, generation);
        int const opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (opened < 0) return failure("open", path);
        if (index.log_ >= 0) ::close(index.log_);
        index.log_ = opened;
        return {};
    }

    static Result<FileHeader> read_header(ByteView bytes, std::filesystem::path const& path)
    {
        std::uint64_t size = 0;
        std::uint64_t sum = 0;
        if (bytes.size() < prologue || as_text(bytes.first(8)) != "COMITYDN")
            return damaged(path, "this is no index of DNA profiles");
        std::memcpy(&size, bytes.data() + 8, 8);
        std::memcpy(&sum, bytes.data() + 16, 8);
        if (size > header_bytes_max || size > bytes.size() - prologue)
            return damaged(path, "the file is cut short in its header");
        auto const text = bytes.subspan(prologue, size);
        if (checksum(text) != sum) return damaged(path, "the header's checksum does not hold");
        return json::read_text<FileHeader>(as_text(text), json::Unknown::refuse);
    }

    static Result<Dictionary> read_dictionary(FileHeader const& header, LocusTable const& table)
    {
        Dictionary out;
        for (std::size_t i = 0; i < header.dictionary.size(); ++i) {
            auto const& line = header.dictionary[i];
            if (i >= table.loci().size() || table.loci()[i].name != line.locus)
                return Error { Error::Kind::conflict,
                    fmt::format("the table of loci has another row {} than {}", i, line.locus) };
            for (auto const code : line.alleles) out.alleles[i].push_back(Allele { code });
        }
        return out;
    }

    static Result<void> read_segment(
        Index& index, SegmentLine const& line, ByteView file, std::filesystem::path const& path)
    {
        std::size_t layout = 0;
        while (layout < index.layouts_.size()
            && (index.layouts_[layout].loci != line.loci
                || index.layouts_[layout].gaps != line.gaps))
            ++layout;
        if (layout == index.layouts_.size()) {
            index.layouts_.insert(
                index.layouts_.begin(), make_layout(line.loci, line.gaps, index.dictionary_));
            index.open_.insert(index.open_.begin(), nullptr);
            index.filled_.insert(index.filled_.begin(), 0);
            layout = 0;
        }
        if (line.slots < Segment::slots_min || line.slots > Segment::slots_max
            || line.slots % Segment::slots_min != 0 || line.used > line.slots)
            return damaged(path, "a segment has an impossible size");
        auto segment
            = std::make_shared<Segment>(index.layouts_[layout], index.dictionary_, line.slots);
        auto const beside_bytes = line.asides * sizeof(Segment::Aside);
        if (segment->pages().bytes() != line.bytes || line.offset > file.size()
            || line.asides > line.slots * loci_max
            || file.size() - line.offset < line.bytes + beside_bytes)
            return damaged(path, "the file is cut short");
        auto const memory = file.subspan(line.offset, line.bytes);
        auto const beside = file.subspan(line.offset + line.bytes, beside_bytes);
        if ((checksum(memory) ^ checksum(beside)) != line.checksum)
            return damaged(path, "a segment's checksum does not hold");
        std::memcpy(segment->pages().words(), memory.data(), memory.size());
        std::vector<Segment::Aside> asides(line.asides);
        if (!asides.empty()) std::memcpy(asides.data(), beside.data(), beside.size());
        segment->restore(line.used, std::move(asides));
        index.add_segment(layout, std::move(segment));
        return {};
    }

    static Result<void> restore_counts(Index& index, FileHeader const& header)
    {
        for (std::size_t i = 0; i < header.dictionary.size(); ++i) {
            auto const& counts = header.dictionary[i].counts;
            if (counts.size() != index.counts_[i].size())
                return damaged(file(index), "the header counts other alleles than it names");
            for (std::size_t place = 0; place < counts.size(); ++place)
                index.counts_[i][place] = counts[place];
        }
        index.size_ = header.size;
        return {};
    }

    static Result<void> replay(Index& index)
    {
        auto const path = log(index, index.generation_);
        auto const read = read_file(path, std::size_t { 8 } << 30U);
        if (!read.ok() && read.error().kind == Error::Kind::not_found) return {};
        if (!read.ok()) return read.error();
        ByteView rest = read.value();
        while (auto const change = next_change(rest, index.table_)) {
            if (change->inserted)
                index.apply_insert(change->number, *change->inserted);
            else
                index.apply_destroy(change->number);
        }
        if (rest.empty()) return {};
        std::error_code code;
        std::filesystem::resize_file(path, read.value().size() - rest.size(), code);
        if (code) return failure("cut", path);
        return {};
    }
};

Result<std::unique_ptr<Index>> Index::create(
    std::filesystem::path const& folder, Dictionary const& dictionary, LocusTable const& table)
{
    auto out = std::make_unique<Index>(Key {}, folder, dictionary, table);
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) return failure("create", folder);
    if (std::filesystem::exists(IndexFile::file(*out)))
        return Error { Error::Kind::conflict,
            fmt::format("{} holds an index already", folder.string()) };
    TRY(IndexFile::open_log(*out, 1));
    TRY(IndexFile::write(*out));
    out->generation_ = 1;
    return out;
}

Result<std::unique_ptr<Index>> Index::open(
    std::filesystem::path const& folder, LocusTable const& table)
{
    auto const path = folder / "profiles";
    auto const file = TRY(MappedFile::open(path));
    auto const header = TRY(IndexFile::read_header(file->bytes(), path));
    if (header.format != format_name)
        return damaged(path, fmt::format("its format is {}", header.format));
    auto dictionary = TRY(IndexFile::read_dictionary(header, table));
    auto out = std::make_unique<Index>(Key {}, folder, std::move(dictionary), table);
    for (auto const& line : header.segments)
        TRY(IndexFile::read_segment(*out, line, file->bytes(), path));
    out->generation_ = header.generation;
    out->next_ = header.next_number;
    TRY(IndexFile::restore_counts(*out, header));
    TRY(IndexFile::replay(*out));
    TRY(IndexFile::open_log(*out, out->generation_));
    return out;
}

Result<void> Index::checkpoint()
{
    if (folder_.empty())
        return Error { Error::Kind::conflict, "an index in memory has no file to write" };
    std::lock_guard const lock { writer_ };
    auto const old = IndexFile::log(*this, generation_);
    // The new log first: from the moment of the renaming on, changes belong into it.
    TRY(IndexFile::open_log(*this, generation_ + 1));
    auto const written = IndexFile::write(*this);
    broken_ = !written.ok(); // which of the two files is there, only opening it again can tell
    TRY(written);
    ++generation_;
    std::error_code ignored;
    std::filesystem::remove(old, ignored);
    return {};
}

} // namespace comity::search::dna
