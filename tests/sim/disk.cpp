#include "sim/disk.h"

#include "base/check.h"

#include <algorithm>
#include <cstring>

namespace comity::sim {
namespace {

constexpr std::size_t sector_bytes = 512;

void put(Bytes& image, std::size_t offset, ByteView bytes)
{
    if (image.size() < offset + bytes.size()) image.resize(offset + bytes.size());
    std::ranges::copy(bytes, image.begin() + static_cast<std::ptrdiff_t>(offset));
}

} // namespace

bool Disk::dies_now()
{
    if (dead_) return true;
    if (countdown_ == 0 || --countdown_ != 0) return false;
    dead_ = true;
    return true;
}

int Disk::write(File& file, Bytes bytes, std::size_t offset)
{
    if (dead_) return SQLITE_IOERR_WRITE;
    if (full_ && offset + bytes.size() > file.current.size()) {
        ++faults_.full;
        return SQLITE_FULL;
    }
    bool const dying = dies_now();
    put(file.current, offset, bytes);
    file.unsynced.push_back({ offset, std::move(bytes) });
    return dying ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int Disk::truncate(File& file, std::size_t size)
{
    if (dies_now()) return SQLITE_IOERR_TRUNCATE;
    file.current.resize(std::min(file.current.size(), size));
    file.unsynced.push_back({ size, {}, true });
    return SQLITE_OK;
}

int Disk::sync(File& file)
{
    if (dies_now()) return SQLITE_IOERR_FSYNC; // Nobody knows how much of it was done.
    file.durable = file.current;
    file.unsynced.clear();
    return SQLITE_OK;
}

/// Sectors are whole; between them anything may be missing.
void Disk::replay(File& file)
{
    auto const odds = std::array { 0.0, 0.5,
        1.0 }[std::uniform_int_distribution<std::size_t> { 0, 2 }(chance_)];
    for (auto const& each : file.unsynced) {
        if (each.truncates) {
            if (coin(odds)) file.durable.resize(std::min(file.durable.size(), each.offset));
            continue;
        }
        std::size_t kept = 0, sectors = 0;
        for (std::size_t at = 0; at < each.bytes.size(); at += sector_bytes, ++sectors) {
            if (!coin(odds)) continue;
            auto const size = std::min(sector_bytes, each.bytes.size() - at);
            put(file.durable, each.offset + at, ByteView { each.bytes }.subspan(at, size));
            ++kept;
        }
        faults_.lost_writes += kept == 0;
        faults_.torn_writes += kept != 0 && kept != sectors;
    }
}

void Disk::restart()
{
    ++faults_.crashes;
    for (auto& [name, file] : files_) {
        replay(file);
        auto const found = file.durable;
        file = File {};
        file.durable = file.current = found;
    }
    dead_ = false;
    countdown_ = 0;
}

bool Disk::holds(std::string_view text) const
{
    return std::ranges::any_of(files_, [&](auto const& each) {
        auto const image = as_text(each.second.current);
        return image.find(text) != std::string_view::npos;
    });
}

namespace {

struct Mounts {
    std::map<std::string, Disk*> disks;
    Disk* of(std::string const& name)
    {
        auto const found = std::ranges::find_if(
            disks, [&](auto const& each) { return name.starts_with(each.first); });
        MUST(found != disks.end());
        return found->second;
    }
};

Mounts& mounts() // SQLite knows a VFS by name for the whole process
{
    static Mounts all;
    return all;
}

/// SQLite makes room for this and we build it there.
struct Handle : sqlite3_file {
    Disk* disk;
    Disk::File* file;
    int level;
    std::array<int, SQLITE_SHM_NLOCK> held; ///< 0, 1 shared, 2 exclusive.
    bool shared_counted;
};

Handle& of(sqlite3_file* file)
{
    return *static_cast<Handle*>(file);
}

int file_unlock(sqlite3_file* file, int level)
{
    auto& handle = of(file);
    if (level < SQLITE_LOCK_EXCLUSIVE && handle.file->exclusive == file)
        handle.file->exclusive = nullptr;
    if (level < SQLITE_LOCK_RESERVED && handle.file->reserved == file)
        handle.file->reserved = nullptr;
    if (level == SQLITE_LOCK_NONE && handle.level >= SQLITE_LOCK_SHARED)
        --handle.file->shared_locks;
    handle.level = std::min(handle.level, level);
    return SQLITE_OK;
}

int shm_unmap(sqlite3_file* file, int)
{
    auto& handle = of(file);
    for (std::size_t i = 0; i < handle.held.size(); ++i) {
        if (handle.held[i] == 1) --handle.file->slots[i].readers;
        if (handle.held[i] == 2) handle.file->slots[i].taken = false;
        handle.held[i] = 0;
    }
    return SQLITE_OK;
}

int file_close(sqlite3_file* file)
{
    shm_unmap(file, 0);
    file_unlock(file, SQLITE_LOCK_NONE);
    return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset)
{
    auto const& handle = of(file);
    if (handle.disk->dead()) return SQLITE_IOERR_READ;
    auto const& image = handle.file->current;
    auto const at = std::min(static_cast<std::size_t>(offset), image.size());
    auto const there = std::min(static_cast<std::size_t>(size), image.size() - at);
    std::memset(out, 0, static_cast<std::size_t>(size));
    if (there > 0) std::memcpy(out, image.data() + at, there);
    return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, void const* from, int size, sqlite3_int64 offset)
{
    auto const* bytes = static_cast<std::uint8_t const*>(from);
    return of(file).disk->write(
        *of(file).file, Bytes { bytes, bytes + size }, static_cast<std::size_t>(offset));
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size)
{
    return of(file).disk->truncate(*of(file).file, static_cast<std::size_t>(size));
}

int file_sync(sqlite3_file* file, int)
{
    return of(file).disk->sync(*of(file).file);
}

int file_size(sqlite3_file* file, sqlite3_int64* size)
{
    *size = static_cast<sqlite3_int64>(of(file).file->current.size());
    return SQLITE_OK;
}

int file_lock(sqlite3_file* file, int level)
{
    auto& handle = of(file);
    auto& shared = *handle.file;
    if (handle.level >= level) return SQLITE_OK;
    bool const others_exclusive = shared.exclusive && shared.exclusive != file;
    bool const others_reserved = shared.reserved && shared.reserved != file;
    if (others_exclusive) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_SHARED) ++shared.shared_locks;
    if (level >= SQLITE_LOCK_RESERVED) {
        if (others_reserved) return SQLITE_BUSY;
        shared.reserved = file;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        if (shared.shared_locks > 1) return SQLITE_BUSY;
        shared.exclusive = file;
    }
    handle.level = level;
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* out)
{
    *out = of(file).file->reserved != nullptr;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}

int file_sector_size(sqlite3_file*)
{
    return static_cast<int>(sector_bytes);
}

int file_traits(sqlite3_file*)
{
    return 0; // Nothing is atomic, nothing is in order.
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out)
{
    auto& shared = of(file).file->shared;
    auto const count = static_cast<std::size_t>(region) + 1;
    *out = nullptr;
    if (shared.size() < count && !extend) return SQLITE_OK;
    while (shared.size() < count)
        shared.push_back(std::make_unique<Bytes>(static_cast<std::size_t>(size)));
    *out = shared[count - 1]->data();
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags)
{
    auto& handle = of(file);
    auto const first = static_cast<std::size_t>(offset);
    auto const end = first + static_cast<std::size_t>(count);
    bool const exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (auto i = first; i < end; ++i) {
        auto& slot = handle.file->slots[i];
        if (flags & SQLITE_SHM_UNLOCK) {
            if (handle.held[i] == 1) --slot.readers;
            if (handle.held[i] == 2) slot.taken = false;
            handle.held[i] = 0;
            continue;
        }
        if (handle.held[i] != 0) continue;
        if (slot.taken || (exclusive && slot.readers > 0)) {
            for (auto back = first; back < i; ++back)
                shm_lock(file, static_cast<int>(back), 1, SQLITE_SHM_UNLOCK);
            return SQLITE_BUSY;
        }
        handle.held[i] = exclusive ? 2 : 1;
        exclusive ? void(slot.taken = true) : void(++slot.readers);
    }
    return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) { }

sqlite3_io_methods const file_methods { 2, file_close, file_read, file_write, file_truncate,
    file_sync, file_size, file_lock, file_unlock, check_reserved, file_control, file_sector_size,
    file_traits, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr };

int open_file(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out_flags)
{
    // Without a name it is a file that SQLite sorts in; it lives and dies with its handle.
    static std::uint64_t temporary = 0;
    auto const& first = mounts().disks.begin()->first;
    auto const own
        = name ? std::string { name } : first + "temporary-" + std::to_string(++temporary);
    auto& handle = of(file);
    handle.pMethods = nullptr;
    auto* disk = mounts().of(own);
    if (disk->dead()) return SQLITE_CANTOPEN;
    if (!disk->exists(own) && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    handle.disk = disk;
    handle.file = &disk->open(own);
    handle.level = SQLITE_LOCK_NONE;
    handle.held = {};
    handle.pMethods = &file_methods;
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, char const* name, int)
{
    auto* disk = mounts().of(name);
    if (disk->dead()) return SQLITE_IOERR_DELETE;
    disk->remove(name);
    return SQLITE_OK;
}

int file_exists(sqlite3_vfs*, char const* name, int, int* out)
{
    *out = mounts().of(name)->exists(name);
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, char const* name, int size, char* out)
{
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

sqlite3_vfs* make_vfs()
{
    static sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr); // randomness, sleep and time stay its own
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(Handle);
    vfs.zName = "comity-sim";
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = file_exists;
    vfs.xFullPathname = full_name;
    return &vfs;
}

} // namespace

void mount(std::string const& folder, Disk& disk)
{
    static int const registered = sqlite3_vfs_register(make_vfs(), 1);
    MUST(registered == SQLITE_OK);
    mounts().disks[folder + "/"] = &disk; // "node-1" also begins "node-10".
}

void unmount_all()
{
    mounts().disks.clear();
}

} // namespace comity::sim
